package dev.millrace.core.delivery;

/** A queue of item numbers, without an object for each. */
final class ItemNumbers {
    private static final int FEWEST = 16;

    private long[] ring = new long[FEWEST];
    private int head;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(long item) {
        if (count == ring.length) {
            grow();
        }
        ring[(head + count++) & (ring.length - 1)] = item;
    }

    /** The oldest; there is one. */
    long first() {
        return ring[head];
    }

    void removeFirst() {
        head = (head + 1) & (ring.length - 1);
        count--;
    }

    private void grow() {
        long[] larger = new long[2 * ring.length];
        System.arraycopy(ring, head, larger, 0, count - head);
        System.arraycopy(ring, 0, larger, count - head, head);
        ring = larger;
        head = 0;
    }
}
