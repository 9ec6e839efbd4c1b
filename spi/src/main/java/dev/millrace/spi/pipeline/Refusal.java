package dev.millrace.spi.pipeline;

import java.time.Duration;

/**
 * Why a batch was not accepted.
 *
 * @param reason the reason, as it is counted
 * @param message what a person should know, naming the flusher or folder
 * @param retryAfter when to try again
 */
public record Refusal(Reason reason, String message, Duration retryAfter) {
    /** Why; the lower-case name is the label of the counter. */
    public enum Reason {
        /** A flusher that refuses has used up its share of the journal. */
        FLUSHER_FULL,
        /** The volume has no room. */
        DISK_FULL,
        /** The journal cannot be written. */
        JOURNAL_FAILED,
        /** More batches are on their way to the journal than memory has room for. */
        BUSY,
        /** A processor failed. */
        PROCESSOR_FAILED,
        /** The pipeline is stopping. */
        STOPPING
    }
}
