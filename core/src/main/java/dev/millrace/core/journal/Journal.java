package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The log of one pipeline. Thread-safe. */
public final class Journal implements AutoCloseable {
    private Journal() {}

    /** Opens the journal in a folder, or creates it; what a crash left is made whole. Starts the journal's own thread. */
    public static Journal open(
            Path folder, FileAccess files, JournalSettings settings, TailBuffer tail, JournalEvents events)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Appends a batch, whole or not at all. Never blocks. */
    public void append(EventBatch batch, Acknowledgement acknowledgement) {
        throw new UnsupportedOperationException();
    }

    /** Why a batch would be refused at this moment. */
    public Optional<Refusal> refusal() {
        throw new UnsupportedOperationException();
    }

    /** The number behind the last committed item. */
    public long end() {
        throw new UnsupportedOperationException();
    }

    /** Registers a listener that the journal's own thread calls after each commit; it returns at once. */
    public Subscription onCommit(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /** A reader that begins with the batch that holds {@code fromItem}, or with the oldest one stored behind it. */
    public JournalReader reader(long fromItem) {
        throw new UnsupportedOperationException();
    }

    /** Opens the cursor of a flusher with the limit of the settings; a new one begins at the journal's end. */
    public Cursor cursor(String flusher) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Opens the cursor of a flusher, which may hold back {@code maxBytes}; a new one begins at the journal's end. */
    public Cursor cursor(String flusher, long maxBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The flushers that have a cursor, open or not. All of them hold the log back. */
    public Set<String> cursors() {
        throw new UnsupportedOperationException();
    }

    /** Removes the cursor of a flusher that is gone for good; the log no longer waits for it. */
    public void removeCursor(String flusher) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Unlinks the segments that all cursors have passed, after those cursors are forced. */
    public void trim() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The numbers of this moment. */
    public JournalStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /** Commits what was appended, refuses what comes, ends the segment and the thread. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
