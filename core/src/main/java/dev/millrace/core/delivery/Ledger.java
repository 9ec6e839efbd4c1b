package dev.millrace.core.delivery;

import dev.millrace.core.journal.CursorState;
import dev.millrace.core.journal.InFlight;
import dev.millrace.core.journal.Totals;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every item since the cursor began: appended = delivered + rejected + dropped + backlog.
 *
 * <p>An item is counted in the same turn in which its slot's position passes it, so that stored totals and positions
 * always fit. Damage has no slot. Up to the boundary, which is the highest position and recorded request with which this
 * life began, some items were done before; how many are outstanding there follows from the stored numbers, and what of
 * them is not found is damage. What is missing beyond is counted when a position has passed it.
 */
final class Ledger {
    /** The reason of items that the journal cannot give any more. */
    static final String DAMAGED = "damaged";

    private final Map<String, Long> dropped;
    private final Map<String, Long> rejected;
    private final long boundary;
    private final Deque<Gap> gaps = new ArrayDeque<>();
    private long began;
    private long delivered;
    private long expected;
    private boolean compared;

    private record Gap(long from, long to) {}

    Ledger(CursorState state) {
        dropped = new TreeMap<>(state.totals().dropped());
        rejected = new TreeMap<>(state.totals().rejected());
        began = state.began();
        delivered = state.totals().delivered();
        boundary = Math.max(
                Arrays.stream(state.positions()).max().orElseThrow(),
                state.requests().stream().mapToLong(InFlight::to).max().orElse(Long.MIN_VALUE));
        expected = boundary - began - done();
    }

    /** An outstanding item was read that is not part of a recorded request. */
    void found(long item) {
        if (item < boundary) {
            expected--;
        }
    }

    /** The outstanding items of a recorded request were read. */
    void recovered(int items) {
        expected -= items;
    }

    /** Whether an item was outstanding for sure when this life began, if it is stored at all. */
    boolean outstanding(long item) {
        return item >= boundary;
    }

    /** The journal has none of these items. */
    void gap(long from, long to) {
        if (to > Math.max(from, boundary)) {
            gaps.add(new Gap(Math.max(from, boundary), to));
        }
    }

    /** Counts the damage that can be counted by now, and returns it. */
    long settle(long reader, long highest) {
        long lost = 0;
        if (!compared && reader >= boundary) {
            compared = true;
            lost = Math.max(0, expected);
            // More is there than should be: the cursor lost its positions but not its totals, and items come twice.
            began += Math.min(0, expected);
        }
        while (!gaps.isEmpty() && gaps.element().to() <= highest) {
            Gap gap = gaps.remove();
            lost += gap.to() - gap.from();
        }
        if (lost > 0) {
            dropped(DAMAGED, lost);
        }
        return lost;
    }

    void delivered(long items) {
        delivered += items;
    }

    void rejected(String status, long items) {
        Totals.add(rejected, status, items);
    }

    void dropped(String reason, long items) {
        Totals.add(dropped, reason, items);
    }

    long appended(long end) {
        return end - began;
    }

    long backlog(long end) {
        return appended(end) - done();
    }

    /** The outstanding items that the reader, at an item number, has not read, and those it found missing but not counted. */
    long unread(long reader, long end) {
        long missing = 0;
        for (Gap gap : gaps) {
            missing += gap.to() - gap.from();
        }
        return missing + (reader < boundary ? expected + end - boundary : end - reader);
    }

    private long done() {
        return delivered + rejected() + sum(dropped);
    }

    private static long sum(Map<String, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) {
            sum += count;
        }
        return sum;
    }

    long delivered() {
        return delivered;
    }

    long rejected() {
        return sum(rejected);
    }

    Map<String, Long> dropped() {
        return dropped;
    }

    Map<String, Long> rejectedByStatus() {
        return rejected;
    }

    long began() {
        return began;
    }

    Totals totals() {
        return new Totals(delivered, rejected, dropped);
    }
}
