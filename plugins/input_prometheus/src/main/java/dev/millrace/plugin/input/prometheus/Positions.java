package dev.millrace.plugin.input.prometheus;

import java.util.Arrays;

/** An index of positions from 0 by hash. What stands there is compared by whoever searches. Not thread-safe. */
final class Positions {
    private static final int NONE = -1;

    private final int[] heads;
    private final int[] nexts;

    /** An empty index of the positions below {@code size}. */
    Positions(int size) {
        heads = new int[Integer.highestOneBit(Math.max(size, 1)) * 2];
        nexts = new int[size];
        Arrays.fill(heads, NONE);
    }

    /** Adds a position that is not in the index. */
    void add(int position, int hash) {
        int at = bucket(hash);
        nexts[position] = heads[at];
        heads[at] = position;
    }

    /** A position that may have a hash; negative where there is none. */
    int first(int hash) {
        return heads[bucket(hash)];
    }

    /** Another one that may have the hash of this; negative where there is none. */
    int next(int position) {
        return nexts[position];
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & heads.length - 1;
    }
}
