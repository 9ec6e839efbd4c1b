package dev.millrace.plugin.lib.push;

import dev.millrace.spi.config.ByteSize;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How much is taken in a second. Thread-safe. */
public final class RateLimits {
    /** No limits. */
    public static final RateLimits NONE = new RateLimits(Optional.empty(), Optional.empty());

    private final Optional<RateLimit> requests;
    private final Optional<RateLimit> bytes;

    private RateLimits(Optional<RateLimit> requests, Optional<RateLimit> bytes) {
        this.requests = requests;
        this.bytes = bytes;
    }

    /** So many requests and bytes. */
    public static RateLimits of(Optional<Integer> requests, Optional<ByteSize> bytes, Clock clock) {
        return new RateLimits(
                requests.map(rate -> new RateLimit(rate, clock)),
                bytes.map(rate -> new RateLimit(rate.bytes(), clock)));
    }

    /** How long a client has to wait with a request; it is counted where it need not. */
    Duration delay() {
        Duration delay = longer(
                requests.map(RateLimit::delay).orElse(Duration.ZERO),
                bytes.map(RateLimit::delay).orElse(Duration.ZERO));
        if (delay.isZero()) {
            requests.ifPresent(limit -> limit.take(1));
        }
        return delay;
    }

    /** A body has come. */
    void received(long size) {
        bytes.ifPresent(limit -> limit.take(size));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
