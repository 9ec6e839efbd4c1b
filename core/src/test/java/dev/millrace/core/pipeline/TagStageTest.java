package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TagStageTest {
    private final RecordedSink sink = new RecordedSink();
    private final RecordedAnswer answer = new RecordedAnswer();

    @Test
    void putsTheTagsOnEveryEventAndPassesTheAnswerOn() {
        LastStage stage = TagStage.before(sink, Map.of("cluster", "a", "empty", ""));

        stage.accept(List.of(RecordedSink.batch(2)), List.of(), answer);
        stage.accept(List.of(new LogBatch(Labels.of("service", "web"), List.of())), List.of(), answer);

        MetricBatch metrics = (MetricBatch) sink.batches.get(0);
        assertThat(metrics.labels(1)).isEqualTo(Labels.of("__name__", "m", "row", "1", "cluster", "a"));
        assertThat(((LogBatch) sink.batches.get(1)).resource()).isEqualTo(Labels.of("service", "web", "cluster", "a"));
        assertThat(sink.acknowledgements).containsOnly(answer);
    }

    @Test
    void isNotThereWithoutTags() {
        assertThat(TagStage.before(sink, Map.of())).isSameAs(sink);
        assertThat(TagStage.before(sink, Map.of("empty", ""))).isSameAs(sink);
    }
}
