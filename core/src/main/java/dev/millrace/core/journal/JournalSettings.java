package dev.millrace.core.journal;

import java.time.Duration;

/**
 * How a journal works.
 *
 * @param durability what an acknowledged batch survives
 * @param maxBytes how much a cursor may hold back before appends are refused, where it has no limit of its own
 * @param segmentBytes the size at which a segment ends; a larger one ends at eight times its dictionary
 * @param maxSegmentBytes the size at which every segment ends
 * @param maxDictionaryBytes the size of the dictionary at which every segment ends, because its content is in memory
 * @param queueBytes how many bytes of batches may wait for a commit, estimated
 * @param linger how long a batch waits for others where no client waits for its answer
 * @param retry how long to wait after a failure before writing is tried again
 */
public record JournalSettings(
        Durability durability,
        long maxBytes,
        long segmentBytes,
        long maxSegmentBytes,
        long maxDictionaryBytes,
        long queueBytes,
        Duration linger,
        Duration retry) {
    private static final long MIB = 1 << 20;

    /** The starting values. */
    public static final JournalSettings DEFAULT = new JournalSettings(
            Durability.FSYNC,
            10240 * MIB,
            64 * MIB,
            1024 * MIB,
            Math.min(256 * MIB, Runtime.getRuntime().maxMemory() / 8),
            32 * MIB,
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    public JournalSettings {
        require("maxBytes", maxBytes);
        require("segmentBytes", segmentBytes);
        require("maxSegmentBytes", maxSegmentBytes);
        require("maxDictionaryBytes", maxDictionaryBytes);
        require("queueBytes", queueBytes);
        require("linger", linger.toMillis() + 1);
        require("retry", retry.toMillis());
    }

    /** The same with another durability. */
    public JournalSettings withDurability(Durability other) {
        return new JournalSettings(
                other, maxBytes, segmentBytes, maxSegmentBytes, maxDictionaryBytes, queueBytes, linger, retry);
    }

    /** The same with another limit for cursors. */
    public JournalSettings withMaxBytes(long other) {
        return new JournalSettings(
                durability, other, segmentBytes, maxSegmentBytes, maxDictionaryBytes, queueBytes, linger, retry);
    }

    /** The same with another size of segments. */
    public JournalSettings withSegmentBytes(long other) {
        return new JournalSettings(
                durability, maxBytes, other, maxSegmentBytes, maxDictionaryBytes, queueBytes, linger, retry);
    }

    /** The same with another limit for batches that wait. */
    public JournalSettings withQueueBytes(long other) {
        return new JournalSettings(
                durability, maxBytes, segmentBytes, maxSegmentBytes, maxDictionaryBytes, other, linger, retry);
    }

    /** The same with other waits. */
    public JournalSettings withTimes(Duration otherLinger, Duration otherRetry) {
        return new JournalSettings(
                durability,
                maxBytes,
                segmentBytes,
                maxSegmentBytes,
                maxDictionaryBytes,
                queueBytes,
                otherLinger,
                otherRetry);
    }

    private static void require(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
