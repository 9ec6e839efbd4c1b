package dev.millrace.core.journal;

import java.io.IOException;
import java.util.Arrays;

/**
 * The place of one flusher in the journal, kept in a file of its own. Thread-safe; threads that use it must not be
 * interrupted.
 */
public final class Cursor {
    private final Object lock = new Object();
    private final String flusher;
    private final CursorFile file;
    private final Log log;
    private final Runnable changed;
    private volatile long maxBytes;
    private volatile long lowest;

    Cursor(String flusher, CursorFile file, long maxBytes, Log log, Runnable changed) {
        this.flusher = flusher;
        this.file = file;
        this.maxBytes = maxBytes;
        this.log = log;
        this.changed = changed;
        this.lowest = file.state().lowest();
    }

    /** The flusher's ID. */
    public String flusher() {
        return flusher;
    }

    /** A copy of the state that was found when the cursor was opened, or that was stored last. */
    public CursorState state() {
        synchronized (lock) {
            return file.state();
        }
    }

    /**
     * Writes a state; it survives the process, and the power only after {@link #force}. Costs one write of some hundred
     * bytes.
     */
    public void store(CursorState newState) throws IOException {
        synchronized (lock) {
            file.write(newState, log.end());
            lowest = newState.lowest();
        }
        changed.run();
    }

    /** Makes the state stored last durable. */
    public void force() throws IOException {
        synchronized (lock) {
            file.force();
        }
    }

    /** How many bytes of the journal wait for this cursor, estimated inside of a segment. */
    public long backlogBytes() {
        return log.bytesFrom(lowest);
    }

    /** How many bytes may wait for it before appends are refused. */
    public long maxBytes() {
        return maxBytes;
    }

    void maxBytes(long bytes) {
        maxBytes = bytes;
    }

    /** The item number below which everything is done. */
    long lowest() {
        return lowest;
    }

    /** Its highest position, or the log's end when it was written, where that is higher. */
    long highest() {
        synchronized (lock) {
            return Math.max(
                    file.end(), Arrays.stream(file.state().positions()).max().orElseThrow());
        }
    }

    /* The log's end is written down, so that damage at rest shows. */
    void close() throws IOException {
        synchronized (lock) {
            try {
                if (file.end() < log.end()) {
                    file.write(file.state(), log.end());
                }
                file.force();
            } finally {
                file.close();
            }
        }
    }

    /* Without force: nobody wants the file any more. */
    void discard() throws IOException {
        synchronized (lock) {
            file.close();
        }
    }
}
