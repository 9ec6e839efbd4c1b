package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All rows of a batch, sent as often before as a test says. */
record AttemptedSlice(EventBatch rows, int attempt) implements Slice {
    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EventBatch batch(int index) {
        return rows;
    }

    @Override
    public int row(int index) {
        return index;
    }

    @Override
    public boolean repeated() {
        return attempt > 0;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        return CompletableFuture.completedFuture(null);
    }
}
