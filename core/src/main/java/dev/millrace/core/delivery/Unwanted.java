package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The items that are not for this flusher, by its conditions. Nothing sends one; it counts as waiting until its slot's
 * position passes it, so that stored totals and positions always fit, and as filtered then.
 *
 * <p>A slot that stands still keeps those behind it here: at most {@link #MOST} of all slots together, then reading waits.
 */
final class Unwanted {
    /** The reason under which they are counted. */
    static final String FILTERED = "filtered";

    /** The largest number of items that are kept. */
    static final int MOST = 1 << 18;

    private final Predicate<Labels> wanted;
    private final Ledger ledger;
    private final ItemNumbers[] items = new ItemNumbers[Labels.SLOTS];
    private int outstanding;

    /** Items are for this flusher whose labels are {@code wanted}. */
    Unwanted(Predicate<Labels> wanted, Ledger ledger) {
        this.wanted = wanted;
        this.ledger = ledger;
        Arrays.setAll(items, slot -> new ItemNumbers());
    }

    boolean includes(EventBatch batch, int row) {
        return !wanted.test(batch.labels(row));
    }

    /** Whether no more is to be added. */
    boolean full() {
        return outstanding >= MOST;
    }

    /** An outstanding item was read that is not for this flusher; those of a slot come in their order. */
    void add(int slot, long item) {
        ledger.found(item);
        items[slot].add(item);
        outstanding++;
    }

    /** The number of items that are not counted yet. */
    int outstanding() {
        return outstanding;
    }

    /** Counts those that positions have passed, and returns how many these are. */
    int settle(Positions positions) {
        int passed = 0;
        for (int slot = 0; passed < outstanding && slot < items.length; slot++) {
            while (!items[slot].isEmpty() && positions.done(slot, items[slot].first())) {
                items[slot].removeFirst();
                passed++;
            }
        }
        if (passed > 0) {
            outstanding -= passed;
            ledger.dropped(FILTERED, passed);
        }
        return passed;
    }
}
