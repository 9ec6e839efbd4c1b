package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import java.util.List;
import java.util.Map;

/**
 * What waits for its commit, all of it or nothing: batches, and the states of components that belong to them.
 *
 * @param batches the batches, each with at least one row
 * @param states the new states, by component
 * @param acknowledgement who is to be told
 * @param waiting whether a client waits
 * @param bytes the estimated memory of the batches and the states
 * @param since when it came, by {@link Turns#now}
 */
record Pending(
        List<EventBatch> batches,
        Map<String, byte[]> states,
        Acknowledgement acknowledgement,
        boolean waiting,
        long bytes,
        long since) {
    static Pending of(List<EventBatch> batches, Map<String, byte[]> states, Acknowledgement acknowledgement, long now) {
        long bytes = 0;
        for (EventBatch batch : batches) {
            bytes += BatchSize.of(batch);
        }
        for (byte[] state : states.values()) {
            bytes += state.length;
        }
        return new Pending(batches, states, acknowledgement, acknowledgement.waiting(), bytes, now);
    }

    /** How many rows it has. */
    int items() {
        int items = 0;
        for (EventBatch batch : batches) {
            items += batch.size();
        }
        return items;
    }

    /** Whether it needs a group to be kept as one. */
    boolean isGroup() {
        return !states.isEmpty() || batches.size() > 1;
    }
}
