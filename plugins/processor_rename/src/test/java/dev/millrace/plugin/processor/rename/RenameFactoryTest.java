package dev.millrace.plugin.processor.rename;

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

final class RenameFactoryTest {
    @Test
    void givesLabelsOtherNames() throws Exception {
        assertThat(processed(
                        Map.of("SourceKeys", List.of("pod_name", "node"), "DestKeys", List.of("pod", "instance")),
                        Labels.of("__name__", "up", "pod_name", "a", "node", "n1", "instance", "old"),
                        Labels.of("__name__", "up", "job", "shop")))
                .containsExactly(
                        Labels.of("__name__", "up", "pod", "a", "instance", "n1"),
                        Labels.of("__name__", "up", "job", "shop"));
    }

    @Test
    void letsTwoLabelsChangePlaces() throws Exception {
        assertThat(processed(
                        Map.of("SourceKeys", List.of("a", "b"), "DestKeys", List.of("b", "a")),
                        Labels.of("__name__", "up", "a", "1", "b", "2")))
                .containsExactly(Labels.of("__name__", "up", "a", "2", "b", "1"));
    }

    @Test
    void tellsWhereNoneIsThereIfThatIsAnError() throws Exception {
        Map<String, ?> options =
                Map.of("SourceKeys", List.of("pod"), "DestKeys", List.of("name"), "NoKeyError", "true");
        try (PluginLife<Processor> life = PluginLife.create(new RenameFactory(), options)) {
            life.component().process(batch(Labels.of("__name__", "up", "pod", "a")));
            assertThat(life.context().errors()).isEmpty();
            life.component().process(batch(Labels.of("__name__", "up", "job", "shop")));
            assertThat(life.context().errors()).singleElement().asString().contains("[pod]", "job=\"shop\"");
        }
    }

    @Test
    void wantsAsManyNewNamesAsOldOnes() {
        assertThatThrownBy(() -> Options.of(
                        RenameOptions.class, Map.of("SourceKeys", List.of("a", "b"), "DestKeys", List.of("c"))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("as many as SourceKeys");
        assertThatThrownBy(() -> Options.of(
                        RenameOptions.class, Map.of("SourceKeys", List.of("__name__"), "DestKeys", List.of("c"))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("processor_relabel");
    }

    private static List<Labels> processed(Map<String, ?> options, Labels... series) throws Exception {
        try (PluginLife<Processor> life = PluginLife.create(new RenameFactory(), options)) {
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
