package dev.millrace.core.journal;

import java.time.Duration;

/**
 * How much of the journal may wait for a flusher, and what happens then.
 *
 * @param maxBytes how many bytes of the journal may wait
 * @param maxAge how old the oldest item that waits may be; zero: as old as it gets
 * @param minFreeDisk how much room the volume must have for more segments than the one that is written to wait
 * @param dropOldest whether the oldest items that wait are dropped then; else appends are refused
 */
public record CursorLimits(long maxBytes, Duration maxAge, long minFreeDisk, boolean dropOldest) {
    /** The reason of items dropped because of {@code maxBytes}. */
    public static final String OVER_MAX_BYTES = "over_max_bytes";

    /** The reason of items dropped because of {@code maxAge}. */
    public static final String OVER_MAX_AGE = "over_max_age";

    /** The reason of items dropped because of {@code minFreeDisk}. */
    public static final String OVER_MIN_FREE_DISK = "over_min_free_disk";

    /** The reason of items dropped because the journal could not be written for want of room. */
    public static final String DISK_FULL = "disk_full";

    public CursorLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: > 0)");
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: >= 0)");
        }
        if (minFreeDisk < 0) {
            throw new IllegalArgumentException("minFreeDisk: " + minFreeDisk + " (expected: >= 0)");
        }
    }

    /** A limit of bytes, at which appends are refused. */
    public static CursorLimits ofBytes(long maxBytes) {
        return new CursorLimits(maxBytes, Duration.ZERO, 0, false);
    }

    /** Whether there is a limit that time or others can bring about, without an append. */
    boolean change() {
        return minFreeDisk > 0 || !maxAge.isZero();
    }
}
