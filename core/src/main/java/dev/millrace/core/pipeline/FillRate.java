package dev.millrace.core.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a backlog grows, from what it was in the last five minutes. It is told at each reading of the metrics.
 * Thread-safe.
 */
final class FillRate {
    private static final long WINDOW_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long SPACING_MILLIS = Duration.ofSeconds(5).toMillis();

    private final Object lock = new Object();
    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long millis, long bytes) {}

    /**
     * In how many seconds {@code room} more bytes wait, if it goes on like this: infinite where the backlog does not grow,
     * or was read for the first time.
     */
    double secondsUntilFull(long now, long backlog, long room) {
        synchronized (lock) {
            Reading last = readings.peekLast();
            if (last == null || now - last.millis >= SPACING_MILLIS) {
                readings.add(new Reading(now, backlog));
            }
            while (readings.size() > 2 && now - readings.element().millis > WINDOW_MILLIS) {
                readings.remove();
            }
            if (room <= 0) {
                return 0;
            }
            Reading first = readings.element();
            long grown = backlog - first.bytes;
            long millis = now - first.millis;
            return grown <= 0 || millis <= 0 ? Double.POSITIVE_INFINITY : room * (millis / 1000.0) / grown;
        }
    }
}
