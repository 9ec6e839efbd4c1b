package dev.millrace.plugin.lib.prometheus.wire;

import java.util.Arrays;

/** A growing column of numbers that is filled, read and cleared again and again. */
final class Longs {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The numbers, each of which is known to be an {@code int}. */
    int[] toInts() {
        int[] ints = new int[size];
        for (int i = 0; i < size; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }
}
