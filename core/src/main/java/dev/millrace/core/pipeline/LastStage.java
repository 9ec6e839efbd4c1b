package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import java.util.List;

/** The end of a batch's way, which takes it from another stage as it does from an aggregator. */
interface LastStage extends Stage {
    /**
     * Takes batches and the changes of state that belong to them, all of it or nothing.
     *
     * @param batches the batches, each with at least one row
     */
    void accept(List<EventBatch> batches, List<StateChange> changes, Acknowledgement acknowledgement);

    @Override
    default void accept(EventBatch batch, Passage passage) {
        accept(batch.size() == 0 ? List.of() : List.of(batch), passage.changes(), passage);
    }

    @Override
    default void accept(List<EventBatch> gathered, Passage passage) {
        accept(gathered, passage.changes(), passage);
    }
}
