package dev.millrace.core.journal;

import java.nio.file.Path;

/**
 * A backlog that a flusher left when it was taken out of its pipeline.
 *
 * @param flusher the flusher's ID
 * @param number which one of that flusher's it is
 * @param folder where it is: a journal of its own, with the cursor of that flusher
 * @param account what was in it for the flusher, and what became of that
 * @param bytes the size of its segments, a part of which may be delivered
 * @param oldest when the oldest segment was begun, in milliseconds since the epoch
 */
public record Orphan(String flusher, int number, Path folder, Account account, long bytes, long oldest) {
    /** How many items were not delivered. */
    public long items() {
        return account.backlog();
    }
}
