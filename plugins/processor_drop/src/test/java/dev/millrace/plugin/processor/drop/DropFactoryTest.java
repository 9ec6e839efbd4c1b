package dev.millrace.plugin.processor.drop;

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

final class DropFactoryTest {
    @Test
    void removesLabels() throws Exception {
        assertThat(processed(
                        Map.of("DropKeys", List.of("uid", "hash")),
                        Labels.of("__name__", "up", "uid", "7", "job", "node"),
                        Labels.of("__name__", "up", "job", "shop")))
                .containsExactly(
                        Labels.of("__name__", "up", "job", "node"), Labels.of("__name__", "up", "job", "shop"));
    }

    @Test
    void leavesTheNameOfTheMetric() {
        assertThatThrownBy(() -> Options.of(DropOptions.class, Map.of("DropKeys", List.of("__name__"))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("without __name__");
    }

    private static List<Labels> processed(Map<String, ?> options, Labels... series) throws Exception {
        try (PluginLife<Processor> life = PluginLife.create(new DropFactory(), options)) {
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
