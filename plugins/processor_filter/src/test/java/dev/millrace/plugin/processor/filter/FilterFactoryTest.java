package dev.millrace.plugin.processor.filter;

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

final class FilterFactoryTest {
    private static final Labels NODE = Labels.of("__name__", "node_load1", "job", "node");
    private static final Labels IDLE = Labels.of("__name__", "node_cpu", "job", "node", "mode", "idle");
    private static final Labels GO = Labels.of("__name__", "go_threads", "job", "node");
    private static final Labels SHOP = Labels.of("__name__", "orders", "job", "shop");

    @Test
    void keepsWhatAllExpressionsOfIncludeMatchAsAWhole() throws Exception {
        assertThat(processed(Map.of("Include", Map.of("job", "no|node", "__name__", "node_.*")), NODE, IDLE, GO, SHOP))
                .containsExactly(NODE, IDLE);
        assertThat(processed(Map.of("Include", Map.of("job", "nod")), NODE)).isEmpty();
    }

    @Test
    void dropsWhatAnyExpressionOfExcludeMatches() throws Exception {
        assertThat(processed(Map.of("Exclude", Map.of("mode", "idle", "__name__", "go_.*")), NODE, IDLE, GO, SHOP))
                .containsExactly(NODE, SHOP);
    }

    @Test
    void countsALabelThatIsNotThereAsEmpty() throws Exception {
        assertThat(processed(Map.of("Include", Map.of("mode", "")), NODE, IDLE)).containsExactly(NODE);
    }

    @Test
    void saysWhichExpressionIsWrong() {
        assertThatThrownBy(() -> Options.of(FilterOptions.class, Map.of("Include", Map.of("job", "("))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("job: ")
                .hasMessageContaining("expected: an RE2 expression");
        assertThatThrownBy(() -> Options.of(FilterOptions.class, Map.of()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("no Exclude");
    }

    private static List<Labels> processed(Map<String, ?> options, Labels... series) throws Exception {
        try (PluginLife<Processor> life = PluginLife.create(new FilterFactory(), options)) {
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
