package dev.millrace.spi.pipeline;

import java.time.Duration;

/**
 * Where the host cuts a slice.
 *
 * @param maxItems the largest number of rows
 * @param maxBytes the largest size, estimated, before compression
 * @param maxAge how long a row waits for others
 */
public record SliceLimits(int maxItems, int maxBytes, Duration maxAge) {
    /** 2,000 rows, 4 MiB, 1 second. */
    public static final SliceLimits DEFAULT = new SliceLimits(2000, 4 << 20, Duration.ofSeconds(1));

    public SliceLimits {
        if (maxItems < 1 || maxBytes < 1 || maxAge.isNegative()) {
            throw new IllegalArgumentException("maxItems: " + maxItems + ", maxBytes: " + maxBytes + ", maxAge: "
                    + maxAge + " (expected: positive)");
        }
    }
}
