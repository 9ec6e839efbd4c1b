package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;

/** The end of a batch's way, which takes it from another stage as it does from an aggregator. */
interface LastStage extends BatchSink, Stage {
    @Override
    default void accept(EventBatch batch, Passage passage) {
        accept(batch, (Acknowledgement) passage);
    }
}
