package dev.millrace.core.journal;

import java.util.Map;

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

    public Totals {
        rejected = Map.copyOf(rejected);
        dropped = Map.copyOf(dropped);
    }
}
