package dev.millrace.spi.pipeline;

import java.util.Map;

/** Where a flusher reads what became of the items it was given. Thread-safe. */
public interface DeliveryStatistics {
    /** The numbers of one moment, which fit together. */
    Snapshot snapshot();

    /**
     * Counts since the flusher's cursor began, and states of the moment. An item is a row.
     *
     * @param appended items in the journal since the cursor began
     * @param attempted items in all requests, repeats included, since the process started
     * @param retried items in requests that are to be sent again, since the process started
     * @param delivered items that the destination has
     * @param rejected items that it will never take
     * @param dropped items that could not be sent there, by reason
     * @param backlog items that wait
     * @param inFlight items in requests on their way
     * @param lanes the number of lanes
     * @param minLanes the lower bound of lanes
     * @param maxLanes the upper bound of lanes
     * @param wantedLanes how many lanes the backlog asks for, which may be more than the upper bound
     * @param laneCapacity how many items can wait in a lane; all others wait in the journal
     * @param laneWaits how often reading the journal stopped because lanes were full, since the process started
     * @param newestAppended the largest timestamp appended, in milliseconds since the epoch
     * @param newestDone the largest timestamp of an item that was in a request and is done, whatever became of it, in
     *     milliseconds since the epoch
     */
    record Snapshot(
            long appended,
            long attempted,
            long retried,
            long delivered,
            long rejected,
            Map<String, Long> dropped,
            long backlog,
            long inFlight,
            int lanes,
            int minLanes,
            int maxLanes,
            int wantedLanes,
            long laneCapacity,
            long laneWaits,
            long newestAppended,
            long newestDone) {
        public Snapshot {
            dropped = Map.copyOf(dropped);
        }
    }
}
