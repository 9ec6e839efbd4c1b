package dev.millrace.core.journal;

import java.nio.file.Path;

/**
 * A backlog that a flusher left when it was taken out of its pipeline.
 *
 * @param flusher the flusher's ID
 * @param folder where it is: a journal of its own, with the cursor of that flusher
 * @param items how many items were not delivered
 * @param bytes the size of its segments, a part of which may be delivered
 * @param oldest when the oldest segment was begun, in milliseconds since the epoch
 */
public record Orphan(String flusher, Path folder, long items, long bytes, long oldest) {}
