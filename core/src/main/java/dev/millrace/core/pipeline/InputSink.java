package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;

/** Where one input puts its batches: it counts them and passes them on. */
final class InputSink implements BatchSink {
    private final Stage next;
    private final PipelineCounters counters;
    private final InputCounts input;
    private final LateState state;

    InputSink(Stage next, PipelineCounters counters, InputCounts input, LateState state) {
        this.next = next;
        this.counters = counters;
        this.input = input;
        this.state = state;
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        int items = batch.size();
        StateChange change = state.take();
        if (items == 0 && change == null) {
            acknowledgement.committed();
            return;
        }
        Passage passage = counters.received(input, items, acknowledgement);
        passage.changes(change);
        next.accept(batch, passage);
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}
