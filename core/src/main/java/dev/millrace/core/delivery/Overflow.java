package dev.millrace.core.delivery;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.Excess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.Labels;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a flusher gives up that drops its oldest items: a range at the beginning of what waits for it.
 *
 * <p>What is on its way to the destination is not given up, because nobody knows yet whether it arrives. An item behind it
 * in the same slot is condemned: nothing sends it any more, but it counts as waiting until the slot's position passes it,
 * so that stored totals and positions always fit.
 */
final class Overflow {
    private final Cursor cursor;
    private final Journal journal;
    private final Map<String, long[]> condemned = new TreeMap<>();
    private final Map<String, Integer> passed = new TreeMap<>();
    private final long[] ends = new long[Labels.SLOTS];
    private Excess excess = Excess.NONE;
    private long youngest = Long.MIN_VALUE;
    private long outstanding;
    private long counted;

    Overflow(Cursor cursor, Journal journal) {
        this.cursor = cursor;
        this.journal = journal;
        Arrays.fill(ends, Long.MIN_VALUE);
    }

    /** Finds out what there is to give up of the items from {@code waiting} on, at a time in milliseconds since the epoch. */
    void look(long waiting, long now) {
        CursorLimits limits = cursor.limits();
        if (limits.dropOldest()) {
            excess = cursor.excess(waiting);
            youngest = limits.maxAge().isZero()
                    ? Long.MIN_VALUE
                    : now - limits.maxAge().toMillis();
        }
    }

    /** Why an item is given up, or null. */
    @Nullable
    String reason(Entry entry, int row) {
        if (entry.written() < youngest) {
            return CursorLimits.OVER_MAX_AGE;
        }
        return reason(entry.firstItem() + row);
    }

    private @Nullable String reason(long item) {
        if (item < excess.bytesTo()) {
            return CursorLimits.OVER_MAX_BYTES;
        }
        return item < excess.diskTo() ? excess.diskReason() : null;
    }

    /** Items of a request are given up, and the positions of their slots pass them. */
    void passed(String reason, int items) {
        passed.merge(reason, items, Integer::sum);
    }

    /** Nobody sends this outstanding item any more, which is behind all that is in requests of its slot. */
    void condemn(Entry entry, int row, String reason) {
        int slot = entry.batch().slot(row);
        condemned.computeIfAbsent(reason, key -> new long[Labels.SLOTS])[slot]++;
        ends[slot] = Math.max(ends[slot], entry.firstItem() + row + 1);
        outstanding++;
    }

    /** Whether an item that is outstanding was condemned. */
    boolean holds(int slot, long item) {
        return item < ends[slot];
    }

    /** The number of items that are condemned and not counted yet. */
    long outstanding() {
        return outstanding;
    }

    /** Gives up all items from {@code from} on of which that is known unread, and returns the number of the next one. */
    long skip(long from, Ledger ledger) {
        long at = from;
        if (youngest != Long.MIN_VALUE) {
            at = skip(at, journal.begunBy(youngest - 1), CursorLimits.OVER_MAX_AGE, ledger);
        }
        at = skip(at, excess.bytesTo(), CursorLimits.OVER_MAX_BYTES, ledger);
        return skip(at, excess.diskTo(), excess.diskReason(), ledger);
    }

    private long skip(long from, long to, String reason, Ledger ledger) {
        if (to <= from) {
            return from;
        }
        ledger.dropped(reason, to - from);
        counted += to - from;
        return to;
    }

    /** Counts the condemned items that positions have passed, and returns how many items were counted since the last call. */
    long settle(Positions positions, Ledger ledger) {
        passed.forEach((reason, items) -> {
            ledger.dropped(reason, items);
            counted += items;
        });
        passed.clear();
        for (int slot = 0; outstanding > 0 && slot < ends.length; slot++) {
            if (positions.done(slot, ends[slot] - 1)) {
                count(slot, ledger);
            }
        }
        long items = counted;
        counted = 0;
        return items;
    }

    private void count(int slot, Ledger ledger) {
        condemned.forEach((reason, slots) -> {
            if (slots[slot] > 0) {
                ledger.dropped(reason, slots[slot]);
                counted += slots[slot];
                outstanding -= slots[slot];
                slots[slot] = 0;
            }
        });
    }
}
