package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;

/** A station on a batch's way from an input to the journal. Thread-safe; never blocks. */
interface Stage {
    /** Takes a batch on; the passage is told once what became of it. */
    void accept(EventBatch batch, Passage passage);

    /** Why a batch would be refused at this moment. */
    Optional<Refusal> refusal();
}
