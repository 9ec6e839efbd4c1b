package dev.millrace.plugin.lib.push;

import java.time.Clock;
import java.time.Duration;

/**
 * Lets so many units pass in a second, and a second's worth at once. What is taken may be more than is there: nothing passes
 * then until the time has made up for it. Thread-safe.
 */
final class RateLimit {
    private final long perSecond;
    private final Clock clock;
    private final Object lock = new Object();
    private double there;
    private long filledAt;

    RateLimit(long perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.there = (double) perSecond;
        this.filledAt = clock.millis();
    }

    /** How long until something may pass; zero where it may now. */
    Duration delay() {
        synchronized (lock) {
            fill();
            return there > 0 ? Duration.ZERO : Duration.ofMillis(1 + (long) (-there * 1000 / (double) perSecond));
        }
    }

    /** Takes units, whether they are there or not. */
    void take(long units) {
        synchronized (lock) {
            fill();
            there -= units;
        }
    }

    private void fill() {
        long now = clock.millis();
        if (now > filledAt) {
            there = Math.min((double) perSecond, there + (double) (now - filledAt) * perSecond / 1000);
        }
        filledAt = now;
    }
}
