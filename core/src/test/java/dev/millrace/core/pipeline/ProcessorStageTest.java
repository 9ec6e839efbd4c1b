package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;
import org.junit.jupiter.api.Test;

final class ProcessorStageTest {
    private final RecordedSink sink = new RecordedSink();
    private final PipelineCounters counters = new PipelineCounters("web", new MetricRegistry());
    private final ProcessorCount count = counters.processor(ComponentId.parse("filter"));
    private final RecordedAnswer answer = new RecordedAnswer();

    private void pass(Processor processor, EventBatch batch) {
        Passage passage = counters.received(counters.input(ComponentId.parse("input_x")), batch.size(), answer);
        new ProcessorStage(new TestComponent("web/filter"), processor, count, new LateState("web/filter"), null, sink)
                .accept(batch, passage);
    }

    @Test
    void countsWhatIsTakenOutAndPassesOnTheRest() {
        EventBatch rest = RecordedSink.batch(2);
        pass(batch -> rest, RecordedSink.batch(5));
        assertThat(sink.batches).containsExactly(rest);
        assertThat(answer.told).isEmpty();
        sink.acknowledgements.get(0).committed();
        assertThat(count.dropped()).isEqualTo(3);
    }

    @Test
    void acknowledgesWhatIsTakenOutWhole() {
        pass(batch -> RecordedSink.batch(0), RecordedSink.batch(5));
        assertThat(sink.batches).isEmpty();
        assertThat(count.dropped()).isEqualTo(5);
        assertThat(answer.told).containsExactly("committed");
    }

    @Test
    void whatIsRefusedBehindItCountsAsRefusedAndNotAsTakenOut() {
        pass(batch -> RecordedSink.batch(2), RecordedSink.batch(5));
        sink.acknowledgements.get(0).refused(RecordedSink.FULL);
        assertThat(count.dropped()).isZero();
        assertThat(answer.told).containsExactly("FLUSHER_FULL");
    }

    @Test
    void refusesWhatItFailsOn() {
        pass(
                batch -> {
                    throw new OutOfMemoryError("not really");
                },
                RecordedSink.batch(5));
        assertThat(answer.told).containsExactly("PROCESSOR_FAILED");
    }

    @Test
    void refusesWhereTheResultIsNull() {
        pass(batch -> null, RecordedSink.batch(5));
        assertThat(answer.told).containsExactly("PROCESSOR_FAILED");
    }
}
