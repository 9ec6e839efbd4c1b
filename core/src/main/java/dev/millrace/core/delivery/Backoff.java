package dev.millrace.core.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before a request is sent again: doubling delays with jitter, or what the destination asked for. */
final class Backoff {
    /** The longest that a destination can make its sender wait. */
    static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    private static final double JITTER = 0.1;

    private final DeliveryOptions.Retry options;
    private final RandomGenerator random;
    private int failures;

    Backoff(DeliveryOptions.Retry options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** The next delay in nanoseconds; {@code asked} is used as it is, up to five minutes. */
    long next(Optional<Duration> asked) {
        int doublings = Math.min(failures++, 40);
        if (asked.isPresent() && asked.get().compareTo(Duration.ZERO) > 0) {
            return Math.min(toNanos(asked.get()), LONGEST_ASKED.toNanos());
        }
        double longest = (double) options.maxDelay().toNanos();
        double delay = Math.min((double) options.initialDelay().toNanos() * Math.pow(2, doublings), longest);
        return (long) (delay * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }

    void reset() {
        failures = 0;
    }

    private static long toNanos(Duration duration) {
        return duration.compareTo(LONGEST_ASKED) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
