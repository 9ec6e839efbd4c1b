package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.core.journal.JournalReader.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a request share whose rows may not be sent together, such as those of several tenants.
 *
 * <p>For the journal they are one request: it is written down whole before the first part leaves, and it is done, and what
 * became of its rows is counted, when the last part is. So after a crash all parts come again, and totals fit positions.
 */
final class Siblings {
    private final int items;
    private final Entry lastEntry;
    private final int lastRow;
    private final List<Runnable> counts = new ArrayList<>();
    private int left;
    private int ended;
    private boolean cut;
    private @Nullable InFlight recorded;

    /** {@code parts} parts of a request of so many items, which may be recorded already, with the row that is its last. */
    Siblings(int parts, int items, Entry lastEntry, int lastRow, @Nullable InFlight recorded) {
        this.left = parts;
        this.items = items;
        this.lastEntry = lastEntry;
        this.lastRow = lastRow;
        this.recorded = recorded;
    }

    @Nullable
    InFlight recorded() {
        return recorded;
    }

    /** Notes that a part is about to be sent; false if the whole is noted already. */
    boolean record(long slots, long from, long to, String protocol) {
        if (recorded == null) {
            recorded = new InFlight(slots, from, to, items, protocol, 0);
            return true;
        }
        return false;
    }

    /** Counts later what became of rows. */
    void count(Runnable counting) {
        counts.add(counting);
    }

    /** A part was cut in two. */
    void cut() {
        left++;
        cut = true;
    }

    /**
     * Whether a part may be given up. Where one was cut, all rows must be given up together: after a crash the two halves
     * come again as one, and rows of the first would follow rows of the second that arrived.
     */
    boolean mayLeave(Overflow overflow) {
        return !cut || overflow.reason(lastEntry, lastRow) != null;
    }

    /** A part of so many rows is done; true if all are, of which everything is counted then. */
    boolean end(int rows) {
        ended += rows;
        if (--left > 0) {
            return false;
        }
        counts.forEach(Runnable::run);
        ended = 0;
        return true;
    }

    /** The rows of the parts that are done while others are not. */
    int ended() {
        return ended;
    }
}
