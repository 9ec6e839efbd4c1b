package dev.millrace.core.delivery;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;

/**
 * What is kept of the requests that a flusher's destination will never take.
 *
 * @param maxBytes how much; 0: nothing
 * @param maxAge how long
 */
public record DeadLetterOptions(
        @Default("1GiB") @Doc("How much is kept of rejected requests; then the oldest are deleted. 0B keeps nothing.")
        ByteSize maxBytes,

        @Default("168h") @Doc("How long rejected requests are kept.")
        Duration maxAge) {
    /** 1 GiB, 7 days. */
    public static final DeadLetterOptions DEFAULT = new DeadLetterOptions(new ByteSize(1L << 30), Duration.ofDays(7));

    public DeadLetterOptions {
        if (maxAge.isZero() || maxAge.isNegative()) {
            throw new InvalidOptionException("maxAge", maxAge.toMillis() + "ms (expected: > 0ms)");
        }
    }
}
