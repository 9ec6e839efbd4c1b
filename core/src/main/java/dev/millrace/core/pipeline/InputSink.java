package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;

/** Where one input puts its batches: it counts them and passes them on. */
final class InputSink implements BatchSink {
    private final BatchSink next;
    private final InputCounters counters;

    InputSink(BatchSink next, InputCounters counters) {
        this.next = next;
        this.counters = counters;
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        int items = batch.size();
        if (items == 0) {
            acknowledgement.committed();
            return;
        }
        counters.received(items);
        next.accept(batch, new Acknowledgement() {
            @Override
            public void committed() {
                counters.acknowledged(items);
                acknowledgement.committed();
            }

            @Override
            public void refused(Refusal refusal) {
                counters.refused(items, refusal.reason());
                acknowledgement.refused(refusal);
            }

            @Override
            public boolean waiting() {
                return acknowledgement.waiting();
            }
        });
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}
