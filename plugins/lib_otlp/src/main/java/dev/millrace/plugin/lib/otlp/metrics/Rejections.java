package dev.millrace.plugin.lib.otlp.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The data points of a request that cannot be kept, by reason. Not thread-safe. */
public final class Rejections {
    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);

    Rejections() {}

    void add(Rejection reason, long points) {
        if (points > 0) {
            counts.merge(reason, points, Long::sum);
        }
    }

    /** How many there are. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many there are, by reason. */
    public Map<Rejection, Long> counts() {
        return Map.copyOf(counts);
    }

    /** What to tell the client; empty where there are none. */
    public String message() {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + ": " + count.getKey().sentence())
                .collect(Collectors.joining("; "));
    }
}
