package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A slice of all rows of one batch, whose record is written when the test says so: at once, later, or not at all.
 * Thread-safe.
 */
public final class TestSlice implements Slice {
    private final EventBatch batch;
    private final int attempt;
    private final CompletableFuture<Void> record = new CompletableFuture<>();
    private volatile String recorded = "";

    /** A slice whose record waits for {@link #written} or {@link #fail}. */
    public TestSlice(EventBatch batch, int attempt) {
        this.batch = batch;
        this.attempt = attempt;
    }

    /** The journal has the record. */
    public TestSlice written() {
        record.complete(null);
        return this;
    }

    /** The journal could not write the record. */
    public TestSlice fail() {
        record.completeExceptionally(new IOException("the journal's volume is full"));
        return this;
    }

    /** Whether the record is in the journal, which the flusher asked for. */
    public boolean isRecorded() {
        return !recorded.isEmpty() && record.isDone() && !record.isCompletedExceptionally();
    }

    /** Protocol and checksum of the body that the flusher recorded; empty where it recorded none. */
    public String recorded() {
        return recorded;
    }

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
        return attempt;
    }

    @Override
    public boolean repeated() {
        return attempt > 0;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        recorded = protocol + " " + Integer.toHexString(bodyChecksum);
        return record;
    }
}
