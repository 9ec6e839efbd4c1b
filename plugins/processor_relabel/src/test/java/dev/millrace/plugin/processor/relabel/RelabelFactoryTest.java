package dev.millrace.plugin.processor.relabel;

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

final class RelabelFactoryTest {
    @Test
    void changesLabelsAndDropsRowsInTheOrderOfTheRules() throws Exception {
        List<Map<String, ?>> rules = List.of(
                Map.of("source_labels", List.of("__name__"), "regex", "go_.*", "action", "drop"),
                Map.of("source_labels", List.of("pod"), "target_label", "instance", "replacement", "pod/$1"),
                Map.of("regex", "pod", "action", "labeldrop"));
        assertThat(processed(
                        Map.of("RelabelConfigs", rules),
                        Labels.of("__name__", "up", "pod", "a"),
                        Labels.of("__name__", "go_threads", "pod", "a"),
                        Labels.of("__name__", "up", "pod", "b")))
                .containsExactly(
                        Labels.of("__name__", "up", "instance", "pod/a"),
                        Labels.of("__name__", "up", "instance", "pod/b"));
    }

    @Test
    void wantsARule() {
        assertThatThrownBy(() -> Options.of(RelabelOptions.class, Map.of("RelabelConfigs", List.of())))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("at least one rule");
    }

    private static List<Labels> processed(Map<String, ?> options, Labels... series) throws Exception {
        try (PluginLife<Processor> life = PluginLife.create(new RelabelFactory(), options)) {
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
