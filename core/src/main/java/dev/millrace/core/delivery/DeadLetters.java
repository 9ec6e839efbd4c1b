package dev.millrace.core.delivery;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterFolder;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what the destination will never take. It is on disk before the cursor says that its rows are done; what cannot be
 * written is counted, and holds nothing up.
 */
final class DeadLetters {
    private static final long BETWEEN_TRIMS = TimeUnit.HOURS.toNanos(1);

    private final String flusher;
    private final DeadLetterFolder folder;
    private final Clock clock;
    private final Complaints complaints;
    private long trimAt = Long.MIN_VALUE;

    DeadLetters(String flusher, DeadLetterFolder folder, Clock clock, Complaints complaints) {
        this.flusher = flusher;
        this.folder = folder;
        this.clock = clock;
        this.complaints = complaints;
    }

    /** A request was rejected; {@code taken} of its rows were delivered all the same. */
    void add(Request request, String status, String answer, int taken) {
        folder.add(new DeadLetter(clock.millis(), flusher, status, answer, taken, SentRows.of(request)));
    }

    /** Writes what was added. */
    void write(long now) {
        attempt(now, "write what was rejected, which is only counted", () -> folder.write(clock.millis()));
    }

    /** Deletes what is too old, once an hour, and returns when to be called again at the latest. */
    long trim(long now) {
        if (now >= trimAt) {
            trimAt = now + BETWEEN_TRIMS;
            attempt(now, "delete old dead letters", () -> folder.trim(clock.millis()));
        }
        return trimAt;
    }

    /** Ends it, with everything written. */
    void close(long now) {
        write(now);
    }

    DeadLetterFolder.Counts counts() {
        return folder.counts();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(long now, String what, Work work) {
        try {
            work.run();
        } catch (IOException | IllegalArgumentException e) { // the latter: more than a payload can hold
            complaints.add(now, "cannot " + what + ": " + e.getMessage());
        }
    }
}
