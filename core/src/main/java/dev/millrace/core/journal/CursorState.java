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
 * @param inherited the number of the {@link Orphan} whose counts were added to these last; 0 where there was none
 */
public record CursorState(long began, long[] positions, List<InFlight> requests, Totals totals, int inherited) {
    public CursorState {
        if (positions.length != Labels.SLOTS) {
            throw new IllegalArgumentException("positions: " + positions.length + " (expected: " + Labels.SLOTS + ")");
        }
    }

    /** A state to which no other counts were added. */
    public CursorState(long began, long[] positions, List<InFlight> requests, Totals totals) {
        this(began, positions, requests, totals, 0);
    }

    /** The item number below which everything is done. */
    public long lowest() {
        long lowest = positions[0];
        for (long position : positions) {
            lowest = Math.min(lowest, position);
        }
        return lowest;
    }

    /** What became of the items below {@code end}. */
    Account account(long end) {
        return new Account(end - began, totals);
    }

    /** The same with the counts of a backlog that is done with, which came before. */
    CursorState inherit(Totals before, int number) {
        return new CursorState(began - before.items(), positions, requests, before.plus(totals), number);
    }
}
