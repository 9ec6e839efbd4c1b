package dev.millrace.plugin.service.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How much is taken in a second.
 *
 * @param requests of requests
 * @param bytes of bytes
 */
record RateLimits(Optional<RateLimit> requests, Optional<RateLimit> bytes) {
    static RateLimits of(HttpServerOptions options, Clock clock) {
        return new RateLimits(
                options.maxRequestsPerSecond().map(rate -> new RateLimit(rate, clock)),
                options.maxBytesPerSecond().map(rate -> new RateLimit(rate.bytes(), clock)));
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
