package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import java.util.List;

/**
 * A request that its destination will never take: its rows, as events that can be encoded again, and the answer.
 *
 * @param time when it was rejected, in milliseconds since the epoch
 * @param flusher the identity of the flusher
 * @param status what it is counted by, such as {@code 400}
 * @param answer what the destination said, verbatim
 * @param delivered how many of the rows the destination took all the same; it does not say which
 * @param batches the rows, in the order in which they were sent
 */
public record DeadLetter(
        long time, String flusher, String status, String answer, int delivered, List<EventBatch> batches) {
    public DeadLetter {
        batches = List.copyOf(batches);
    }

    /** The number of rows. */
    public int items() {
        return batches.stream().mapToInt(EventBatch::size).sum();
    }
}
