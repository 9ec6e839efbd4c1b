package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A slice of all rows of one batch, sent for the first time, whose record is written at once. */
public class WholeBatch implements Slice {
    private final EventBatch batch;

    /** A slice of a batch. */
    public WholeBatch(EventBatch batch) {
        this.batch = batch;
    }

    @Override
    public final int size() {
        return batch.size();
    }

    @Override
    public final EventBatch batch(int index) {
        return batch;
    }

    @Override
    public final int row(int index) {
        return index;
    }

    @Override
    public final int attempt() {
        return 0;
    }

    @Override
    public final boolean repeated() {
        return false;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return CompletableFuture.completedFuture(null);
    }
}
