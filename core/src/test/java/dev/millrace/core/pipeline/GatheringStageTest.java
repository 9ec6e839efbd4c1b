package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.GatheringProcessor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatheringStageTest {
    private final RecordedSink sink = new RecordedSink();
    private final PipelineCounters counters = new PipelineCounters("web", new MetricRegistry());
    private final AggregatorStage samples = new AggregatorStage(
            new TestComponent("web/all"),
            new GatheringAggregator(new All()),
            counters,
            new LateState("web/all"),
            new Turn(),
            sink);
    private final GatheringStage stage = new GatheringStage(samples, sink);
    private final RecordedAnswer first = new RecordedAnswer();
    private final RecordedAnswer second = new RecordedAnswer();

    /** Hands on all rows as one batch; fails on a batch of 13 rows. */
    private static final class All implements GatheringProcessor {
        private MetricBatchBuilder rows = MetricBatch.builder(0);

        @Override
        public void add(MetricBatch batch) {
            if (batch.size() == 13) {
                throw new StackOverflowError("thirteen");
            }
            for (int row = 0; row < batch.size(); row++) {
                rows.add(batch, row);
            }
        }

        @Override
        public MetricBatch flush() {
            MetricBatch all = rows.build();
            rows = MetricBatch.builder(0);
            return all;
        }
    }

    private void accept(EventBatch batch, RecordedAnswer answer) {
        stage.accept(batch, counters.received(counters.input(ComponentId.parse("input_x")), batch.size(), answer));
    }

    @Test
    void whatWasAddedIsAcknowledgedWithTheResult() {
        accept(RecordedSink.batch(1), first);
        accept(RecordedSink.batch(2), second);
        assertThat(sink.batches).isEmpty();
        samples.flush();
        assertThat(sink.batches).singleElement().extracting(EventBatch::size).isEqualTo(3);
        assertThat(first.told).isEmpty();
        sink.acknowledgements.get(0).committed();
        assertThat(first.told).containsExactly("committed");
        assertThat(second.told).containsExactly("committed");
    }

    @Test
    void nothingIsBuiltOnAResultOfWhichItIsNotKnownWhetherItIsKept() {
        accept(RecordedSink.batch(1), first);
        samples.flush();
        accept(RecordedSink.batch(2), second);
        samples.flush();
        assertThat(sink.batches).hasSize(1);
        sink.acknowledgements.get(0).refused(RecordedSink.FULL);
        assertThat(first.told).containsExactly("FLUSHER_FULL");
        samples.flush();
        assertThat(sink.batches).hasSize(2);
        sink.acknowledgements.get(1).committed();
        assertThat(second.told).containsExactly("committed");
    }

    @Test
    void batchesOfOtherKindsGoPastIt() {
        LogBatch logs = new LogBatch(Labels.of("job", "a"), List.of());
        accept(logs, first);
        assertThat(sink.acknowledgements).hasSize(1);
    }

    @Test
    void whateverItThrowsRefusesAllThatWasAdded() {
        accept(RecordedSink.batch(1), first);
        accept(RecordedSink.batch(13), second);
        assertThat(first.told).containsExactly("PROCESSOR_FAILED");
        assertThat(second.told).containsExactly("PROCESSOR_FAILED");
    }

    @Test
    void whatIsLeftAtTheEndIsRefused() {
        accept(RecordedSink.batch(1), first);
        samples.giveUp();
        assertThat(first.told).containsExactly("STOPPING");
    }

    @Test
    void leadsOnToWhereItIsToldTo() {
        RecordedSink other = new RecordedSink();
        accept(RecordedSink.batch(1), first);
        samples.leadTo(other);
        samples.flush();
        assertThat(sink.batches).isEmpty();
        assertThat(other.batches).hasSize(1);
    }
}
