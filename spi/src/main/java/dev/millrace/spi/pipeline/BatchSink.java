package dev.millrace.spi.pipeline;

import dev.millrace.spi.event.EventBatch;
import java.util.Optional;

/** Where an input puts its batches. Thread-safe; never blocks. */
public interface BatchSink {
    /**
     * Hands over a batch. Processors and aggregators run in this call, on the caller's thread.
     *
     * @param batch the batch; an empty one is acknowledged at once, unless it brings a change of the input's state
     * @param acknowledgement told once what became of it, on any thread, perhaps within this call
     */
    void accept(EventBatch batch, Acknowledgement acknowledgement);

    /** Why a batch would be refused at this moment, so that a pull input can skip its work. Empty where it would not. */
    Optional<Refusal> refusal();
}
