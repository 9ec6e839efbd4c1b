package dev.millrace.distribution.benchmark;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A slice of all rows of one batch. */
record WholeBatch(EventBatch batch) implements Slice {
    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public EventBatch batch(int index) {
        return batch;
    }

    @Override
    public int row(int index) {
        return index;
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public boolean repeated() {
        return false;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return CompletableFuture.completedFuture(null);
    }
}
