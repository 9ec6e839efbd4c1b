package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Aggregator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AggregatorStageTest {
    private final RecordedSink sink = new RecordedSink();
    private final PipelineCounters counters = new PipelineCounters("web", new MetricRegistry());
    private final AggregatorStage stage = new AggregatorStage(
            new TestComponent("web/pairs"), new Pairs(), counters, new LateState("web/pairs"), new Turn(), sink);
    private final RecordedAnswer first = new RecordedAnswer();
    private final RecordedAnswer second = new RecordedAnswer();

    /** Passes batches on two by two; fails on a batch of 13 rows. */
    private static final class Pairs implements Aggregator {
        private final List<EventBatch> held = new ArrayList<>();

        @Override
        public List<EventBatch> add(EventBatch batch) {
            if (batch.size() == 13) {
                throw new StackOverflowError("thirteen");
            }
            held.add(batch);
            return held.size() < 2 ? List.of() : flush();
        }

        @Override
        public List<EventBatch> flush() {
            List<EventBatch> all = List.copyOf(held);
            held.clear();
            return all;
        }
    }

    private void accept(EventBatch batch, RecordedAnswer answer) {
        stage.accept(batch, counters.received(counters.input(ComponentId.parse("input_x")), batch.size(), answer));
    }

    @Test
    void answersNobodyBeforeTheResultIsCommitted() {
        accept(RecordedSink.batch(1), first);
        accept(RecordedSink.batch(2), second);
        assertThat(sink.batches).hasSize(2);
        assertThat(sink.acknowledgements).hasSize(1);
        assertThat(first.told).isEmpty();
        sink.acknowledgements.get(0).committed();
        assertThat(first.told).containsExactly("committed");
        assertThat(second.told).containsExactly("committed");
    }

    @Test
    void refusesAllWhenTheResultIsRefused() {
        accept(RecordedSink.batch(1), first);
        accept(RecordedSink.batch(2), second);
        sink.acknowledgements.get(0).refused(RecordedSink.FULL);
        assertThat(first.told).containsExactly("FLUSHER_FULL");
        assertThat(second.told).containsExactly("FLUSHER_FULL");
    }

    @Test
    void flushPassesOnWhatWaits() {
        accept(RecordedSink.batch(1), first);
        stage.flush();
        sink.acknowledgements.get(0).committed();
        assertThat(first.told).containsExactly("committed");
        stage.flush();
        assertThat(sink.batches).hasSize(1);
    }

    @Test
    void whateverTheAggregatorThrowsRefusesWhatWaited() {
        accept(RecordedSink.batch(1), first);
        accept(RecordedSink.batch(13), second);
        assertThat(first.told).containsExactly("PROCESSOR_FAILED");
        assertThat(second.told).containsExactly("PROCESSOR_FAILED");
        assertThat(sink.batches).isEmpty();
    }
}
