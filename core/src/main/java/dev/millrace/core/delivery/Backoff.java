package dev.millrace.core.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before a request is sent again: doubling delays with jitter, or what the destination asked for. */
final class Backoff {
    /** The longest that a destination can make its sender wait. */
    static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    /** The largest delay while other requests are delivered. */
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private static final double JITTER = 0.1;

    private final DeliveryOptions.Retry options;
    private final RandomGenerator random;
    private int failures;

    Backoff(DeliveryOptions.Retry options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /**
     * The next delay in nanoseconds; {@code asked} is used as it is, up to five minutes. While the destination takes what
     * {@code others} send it stays brief: it is not down, and whoever waits longer only holds up the others, because the
     * reader stops at a full lane.
     */
    long next(Optional<Duration> asked, boolean others) {
        if (asked.isPresent() && asked.get().compareTo(Duration.ZERO) > 0) {
            failures++;
            return Math.min(toNanos(asked.get()), LONGEST_ASKED.toNanos());
        }
        double longest = (double) options.maxDelay().toNanos();
        double delay =
                Math.min((double) options.initialDelay().toNanos() * Math.pow(2, Math.min(failures, 40)), longest);
        if (others && delay > (double) BRIEF.toNanos()) {
            delay = Math.min(longest, (double) BRIEF.toNanos());
        } else {
            failures++;
        }
        return (long) (delay * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }

    void reset() {
        failures = 0;
    }

    private static long toNanos(Duration duration) {
        return duration.compareTo(LONGEST_ASKED) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
