package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import java.util.List;

/**
 * How far a flusher has come.
 *
 * <p>The array and the list are not copied: a caller may change them and store the same object again, as long as it does
 * not while {@link Cursor#store} runs.
 *
 * @param began the item number at which the cursor began
 * @param positions for each slot the item number below which everything of that slot is done
 * @param requests the requests on their way
 * @param totals what became of the items so far
 */
public record CursorState(long began, long[] positions, List<InFlight> requests, Totals totals) {
    public CursorState {
        if (positions.length != Labels.SLOTS) {
            throw new IllegalArgumentException("positions: " + positions.length + " (expected: " + Labels.SLOTS + ")");
        }
    }

    /** The item number below which everything is done. */
    public long lowest() {
        long lowest = positions[0];
        for (long position : positions) {
            lowest = Math.min(lowest, position);
        }
        return lowest;
    }

    /** How many of the items below {@code end} are not done. */
    long outstanding(long end) {
        long done = totals.delivered();
        for (long items : totals.rejected().values()) {
            done += items;
        }
        for (long items : totals.dropped().values()) {
            done += items;
        }
        return Math.max(0, end - began - done);
    }
}
