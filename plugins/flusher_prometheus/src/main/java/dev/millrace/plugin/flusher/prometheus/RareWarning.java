package dev.millrace.plugin.flusher.prometheus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;

/** A warning that is logged once a minute at most, with how many rows it concerned since. Thread-safe. */
final class RareWarning {
    private static final Duration PACE = Duration.ofMinutes(1);

    private final Object lock = new Object();
    private final Logger logger;
    private final String component;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private long rows;

    RareWarning(Logger logger, String component, Clock clock) {
        this.logger = logger;
        this.component = component;
        this.clock = clock;
    }

    /** Says what became of {@code count} rows; {@code message} goes behind their number. */
    void add(int count, String message) {
        long all;
        synchronized (lock) {
            rows += count;
            Instant now = clock.instant();
            if (now.isBefore(next)) {
                return;
            }
            next = now.plus(PACE);
            all = rows;
            rows = 0;
        }
        logger.warn("{}: {} {}", component, all, message);
    }
}
