package dev.millrace.core.journal;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the items since a cursor began.
 *
 * @param delivered items that the destination has
 * @param rejected items that it will never take, by status
 * @param dropped items that could not be sent, by reason
 */
public record Totals(long delivered, Map<String, Long> rejected, Map<String, Long> dropped) {
    /** Nothing yet. */
    public static final Totals NONE = new Totals(0, Map.of(), Map.of());

    private static final int MOST_REASONS = 32;
    private static final String OTHER = "other";

    public Totals {
        rejected = Map.copyOf(rejected);
        dropped = Map.copyOf(dropped);
    }

    /** Adds to counts by reason. Reasons come from plugins and destinations: there is room for some, the others share one. */
    public static void add(Map<String, Long> counts, String reason, long items) {
        boolean room = counts.containsKey(reason) || counts.size() < MOST_REASONS;
        counts.merge(room ? reason : OTHER, items, Long::sum);
    }

    /** Both together. */
    public Totals plus(Totals other) {
        return new Totals(delivered + other.delivered, sum(rejected, other.rejected), sum(dropped, other.dropped));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> both = new TreeMap<>(one);
        other.forEach((reason, items) -> add(both, reason, items));
        return both;
    }

    /** How many items that are. */
    public long items() {
        return delivered + sum(rejected) + sum(dropped);
    }

    /** How many of them are rejected. */
    public long rejectedItems() {
        return sum(rejected);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
