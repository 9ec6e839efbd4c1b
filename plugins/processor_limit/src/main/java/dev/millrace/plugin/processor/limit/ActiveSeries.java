package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.event.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The series that have a place within all limits. A known one costs a lookup; a new one takes a lock. Thread-safe. */
final class ActiveSeries {
    /* The time of the last sample is written only when it has moved by so much of the time to expire. */
    private static final int STEPS = 16;

    private final List<GroupedLimit> limits;
    private final long expireAfter;
    private final Map<Labels, Seen> series = new ConcurrentHashMap<>();
    private final Object admission = new Object();

    ActiveSeries(List<GroupedLimit> limits, Duration expireAfter) {
        this.limits = List.copyOf(limits);
        this.expireAfter = expireAfter.toMillis();
    }

    private static final class Seen {
        volatile long last;

        Seen(long now) {
            last = now;
        }
    }

    int size() {
        return series.size();
    }

    /** Whether a series has a place, which it gets now where there is one for it. */
    boolean has(Labels labels, long now) {
        Seen seen = series.get(labels);
        if (seen == null) {
            return admit(labels, now);
        }
        if (now - seen.last > expireAfter / STEPS) {
            seen.last = now;
        }
        return true;
    }

    private boolean admit(Labels labels, long now) {
        synchronized (admission) {
            if (series.containsKey(labels)) {
                return true;
            }
            for (GroupedLimit limit : limits) {
                if (limit.isFull(labels)) {
                    limit.refuse(labels, series.keySet(), now);
                    return false;
                }
            }
            limits.forEach(limit -> limit.enter(labels));
            series.put(labels, new Seen(now));
            return true;
        }
    }

    /** Frees the places of series that have had no sample for too long. */
    void expire(long now) {
        series.forEach((labels, seen) -> {
            if (now - seen.last > expireAfter) {
                synchronized (admission) {
                    series.remove(labels);
                    limits.forEach(limit -> limit.leave(labels));
                }
            }
        });
    }
}
