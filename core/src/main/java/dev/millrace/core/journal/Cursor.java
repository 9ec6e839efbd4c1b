package dev.millrace.core.journal;

import java.io.IOException;

/**
 * The place of one flusher in the journal, kept in a file of its own. Thread-safe.
 */
public final class Cursor {
    private final String flusher;
    private final CursorState state;

    Cursor(String flusher, CursorState state) {
        this.flusher = flusher;
        this.state = state;
    }

    /** The flusher's ID. */
    public String flusher() {
        return flusher;
    }

    /** The state that was found when the cursor was opened, or that was stored last. */
    public CursorState state() {
        return state;
    }

    /** Writes a state; it survives the process, and the power only after {@link #force}. */
    public void store(CursorState newState) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Makes the state stored last durable. */
    public void force() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** How many bytes of the journal wait for this cursor, estimated inside of a segment. */
    public long backlogBytes() {
        throw new UnsupportedOperationException();
    }
}
