package dev.millrace.core.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The readings of the last minute. Thread-safe. */
public final class History {
    /** The time over which rates are taken. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** How often a reading is to be added. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Object lock = new Object();
    private final Deque<Reading> readings = new ArrayDeque<>();

    /** Adds a reading, and forgets those that are too old for it. */
    public void add(Reading reading) {
        synchronized (lock) {
            readings.addLast(reading);
            while (reading.nanos() - readings.element().nanos() > WINDOW.toNanos()) {
                readings.remove();
            }
        }
    }

    /** What changed up to a reading, which need not have been added. */
    public Trends upTo(Reading now) {
        synchronized (lock) {
            return new Trends(now, List.copyOf(readings));
        }
    }
}
