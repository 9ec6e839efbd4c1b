package dev.millrace.core.journal;

import java.util.Map;

/**
 * What became of the items since a cursor began.
 *
 * @param delivered items that the destination has
 * @param rejected items that it will never take
 * @param dropped items that could not be sent, by reason
 */
public record Totals(long delivered, long rejected, Map<String, Long> dropped) {
    /** Nothing yet. */
    public static final Totals NONE = new Totals(0, 0, Map.of());

    public Totals {
        dropped = Map.copyOf(dropped);
    }
}
