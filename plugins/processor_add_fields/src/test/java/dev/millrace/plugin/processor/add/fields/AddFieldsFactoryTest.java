package dev.millrace.plugin.processor.add.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.testing.Options;
import dev.millrace.spi.testing.PluginLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddFieldsFactoryTest {
    @Test
    void setsLabels() throws Exception {
        assertThat(processed(
                        Map.of("Fields", Map.of("zone", "a", "job", "node")),
                        Labels.of("__name__", "up"),
                        Labels.of("__name__", "up", "job", "shop")))
                .containsOnly(Labels.of("__name__", "up", "job", "node", "zone", "a"));
    }

    @Test
    void leavesWhatIsThereWhereToldTo() throws Exception {
        assertThat(processed(
                        Map.of("Fields", Map.of("zone", "a", "job", "node"), "IgnoreIfExist", "true"),
                        Labels.of("__name__", "up", "job", "shop")))
                .containsExactly(Labels.of("__name__", "up", "job", "shop", "zone", "a"));
    }

    @Test
    void wantsNamesAndValues() {
        assertThatThrownBy(() -> Options.of(AddFieldsOptions.class, Map.of("Fields", Map.of("zone", ""))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("'zone': ''");
        assertThatThrownBy(() -> Options.of(AddFieldsOptions.class, Map.of("Fields", Map.of())))
                .isInstanceOf(InvalidOptionException.class);
    }

    private static List<Labels> processed(Map<String, ?> options, Labels... series) throws Exception {
        try (PluginLife<Processor> life = PluginLife.create(new AddFieldsFactory(), options)) {
            return labels(life.component().process(batch(series)));
        }
    }

    private static MetricBatch batch(Labels... series) {
        MetricBatchBuilder batch = MetricBatch.builder(series.length);
        for (Labels one : series) {
            batch.add(one, 1000, batch.size());
        }
        return batch.build();
    }

    private static List<Labels> labels(EventBatch batch) {
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            labels.add(batch.labels(row));
        }
        return labels;
    }
}
