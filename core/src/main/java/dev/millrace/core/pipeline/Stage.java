package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Optional;

/** A station on a batch's way from an input to the journal. Thread-safe; never blocks. */
interface Stage {
    /** Takes a batch on; the passage is told once what became of it. */
    void accept(EventBatch batch, Passage passage);

    /** Takes on as one what was gathered: a stage that is not the last takes no more than one batch. */
    default void accept(List<EventBatch> gathered, Passage passage) {
        if (gathered.size() > 1) {
            throw new IllegalArgumentException("gathered: " + gathered.size() + " batches (expected: at most one)");
        }
        accept(gathered.isEmpty() ? MetricBatch.builder(0).build() : gathered.get(0), passage);
    }

    /** Why a batch would be refused at this moment. */
    Optional<Refusal> refusal();
}
