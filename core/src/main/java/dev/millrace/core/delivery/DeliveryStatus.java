package dev.millrace.core.delivery;

import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Totals;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import java.util.Map;
import java.util.Optional;

/**
 * How a delivery was at one moment; all numbers fit together.
 *
 * @param counts what became of the items
 * @param rejectedByStatus items rejected by status, since the cursor began
 * @param retriedRequests how often a request was sent again, since the process started
 * @param abandonedCalls calls of the flusher that did not end by their deadline, since the process started
 * @param strayAnswers answers that came a second time or after their call was abandoned, since the process started
 * @param oldestBacklog when the oldest outstanding batch was committed, in milliseconds since the epoch; 0 where nothing
 *     is outstanding
 * @param held why and since when nothing can be delivered until a person changes something
 * @param deadLetters what became of the items that were rejected, since the process started
 * @param lastError what went wrong last
 * @param failure why the delivery ended by itself, which is a programming error
 */
public record DeliveryStatus(
        Snapshot counts,
        Map<String, Long> rejectedByStatus,
        long retriedRequests,
        long abandonedCalls,
        long strayAnswers,
        long oldestBacklog,
        Optional<Incident> held,
        DeadLetterFolder.Counts deadLetters,
        Optional<Incident> lastError,
        Optional<String> failure) {
    public DeliveryStatus {
        rejectedByStatus = Map.copyOf(rejectedByStatus);
    }

    /** The same with what the flusher was given besides, in another journal. */
    DeliveryStatus plus(Account besides) {
        Account all = new Account(counts.appended(), new Totals(counts.delivered(), rejectedByStatus, counts.dropped()))
                .plus(besides);
        Snapshot sums = new Snapshot(
                all.appended(),
                counts.attempted(),
                counts.retried(),
                all.totals().delivered(),
                counts.rejected() + besides.totals().rejectedItems(),
                all.totals().dropped(),
                counts.backlog() + besides.backlog(),
                counts.inFlight(),
                counts.lanes(),
                counts.minLanes(),
                counts.maxLanes(),
                counts.wantedLanes(),
                counts.laneCapacity(),
                counts.laneWaits(),
                counts.newestAppended(),
                counts.newestDone());
        return new DeliveryStatus(
                sums,
                all.totals().rejected(),
                retriedRequests,
                abandonedCalls,
                strayAnswers,
                oldestBacklog,
                held,
                deadLetters,
                lastError,
                failure);
    }

    /**
     * Something that went wrong.
     *
     * @param time when, in milliseconds since the epoch
     * @param message what, in one line
     * @param course whether it is still so
     */
    public record Incident(long time, String message, Course course) {
        /** Something of which nobody tells whether it is still so. */
        public Incident(long time, String message) {
            this(time, message, Course.UNKNOWN);
        }

        /** The same as something that is no longer so. */
        public Incident over() {
            return new Incident(time, message, Course.OVER);
        }

        /** Whether something is still so. */
        public enum Course {
            /** Nobody will tell. */
            UNKNOWN,
            /** It is, until its end is told. */
            LASTS,
            /** Its end was told. */
            OVER
        }
    }
}
