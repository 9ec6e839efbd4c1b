package dev.millrace.core.journal;

/**
 * What a journal tells its host, for the log and the metrics. Every method returns soon: most are called by the
 * journal's own thread. Thread-safe.
 */
public interface JournalEvents {
    /** Nobody listens. */
    JournalEvents NONE = new JournalEvents() {};

    /**
     * Stored items cannot be read. Each damage is told once, however many readers meet it.
     *
     * @param file the file's name
     * @param items how many items are lost; 0 where only descriptions or unfinished writes are
     * @param message what is wrong, in words
     */
    default void damage(String file, long items, String message) {}

    /**
     * What follows the last record of a segment was left out.
     *
     * @param file the file's name
     * @param atMost how many items are lost at most: none where it is a write that was cut off, because that was
     *     acknowledged to nobody
     * @param message what is wrong, in words
     */
    default void torn(String file, long atMost, String message) {}

    /** A record of a kind that this version does not know was skipped, with this many items. */
    default void skipped(String file, int kind, long items) {}

    /** All versions of a flusher's cursor are damaged; it begins again at the oldest item, so batches will repeat. */
    default void cursorLost(String flusher, long restart) {}

    /** A group was committed: written, forced and published. */
    default void committed(int batches, long items, long bytes, double seconds) {}

    /** What was appended at one time is committed: so long after that. */
    default void appended(double seconds) {}

    /** A segment was forced to the device. */
    default void forced(double seconds) {}

    /** Writing failed, and appends are refused until it succeeds again. */
    default void failed(boolean diskFull, String message) {}

    /** A batch was refused because it cannot be encoded. */
    default void unfit(String message) {}

    /** Writing succeeded again. */
    default void recovered() {}

    /** So much waits for a flusher that appends are refused; {@code message} says what and why, in one line. */
    default void full(String flusher, String message) {}

    /** Less waits for a flusher than may, again. */
    default void released(String flusher) {}

    /** An acknowledgement or a listener threw an exception. */
    default void listenerFailed(Throwable failure) {}
}
