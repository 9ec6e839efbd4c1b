package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts scrapes that failed because of a limit. Thread-safe. */
final class ExceededLimits {
    private final Map<LimitException.Limit, Counter> counters = new EnumMap<>(LimitException.Limit.class);

    ExceededLimits(Metrics metrics) {
        for (LimitException.Limit limit : LimitException.Limit.values()) {
            counters.put(limit, metrics.counter(limit.counter(), limit.help()));
        }
    }

    /** Counts a scrape that failed so, or did not. */
    void count(@Nullable Exception failure) {
        if (failure instanceof LimitException exceeded) {
            count(exceeded.limit());
        } else if (failure instanceof BodyTooLargeException) {
            count(LimitException.Limit.BODY);
        }
    }

    private void count(LimitException.Limit limit) {
        Counter counter = counters.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }
}
