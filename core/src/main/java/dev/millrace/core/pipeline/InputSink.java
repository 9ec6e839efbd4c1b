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

    InputSink(Stage next, PipelineCounters counters, InputCounts input) {
        this.next = next;
        this.counters = counters;
        this.input = input;
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        int items = batch.size();
        if (items == 0) {
            acknowledgement.committed();
            return;
        }
        next.accept(batch, counters.received(input, items, acknowledgement));
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}
