package dev.millrace.core.delivery;

/** For each slot the item number below which everything of that slot is done. They only grow. */
final class Positions {
    private final long[] positions;

    Positions(long[] start) {
        positions = start.clone();
    }

    boolean done(int slot, long item) {
        return item < positions[slot];
    }

    /** Everything of these slots below {@code item} is done; true if that is news. */
    boolean advance(long slots, long item) {
        boolean moved = false;
        for (long rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            if (positions[slot] < item) {
                positions[slot] = item;
                moved = true;
            }
        }
        return moved;
    }

    long lowest() {
        long lowest = positions[0];
        for (long position : positions) {
            lowest = Math.min(lowest, position);
        }
        return lowest;
    }

    long highest() {
        long highest = positions[0];
        for (long position : positions) {
            highest = Math.max(highest, position);
        }
        return highest;
    }

    long[] toArray() {
        return positions.clone();
    }
}
