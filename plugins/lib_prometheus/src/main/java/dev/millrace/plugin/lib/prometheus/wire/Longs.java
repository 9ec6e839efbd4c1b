package dev.millrace.plugin.lib.prometheus.wire;

import java.util.Arrays;

/** A growing column of numbers that is filled, read and cleared again and again. */
public final class Longs {
    private long[] values = new long[16];
    private int size;

    /** An empty column. */
    public Longs() {}

    /** Adds a number behind the last. */
    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** A number, by its place. */
    public long get(int index) {
        return values[index];
    }

    /** Puts another number in a place. */
    public void set(int index, long value) {
        values[index] = value;
    }

    /** How many numbers there are. */
    public int size() {
        return size;
    }

    /** Forgets all numbers from a place on. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    /** Forgets all numbers and keeps the room. */
    public void clear() {
        size = 0;
    }

    /** The numbers, copied. */
    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The numbers, each of which is known to be an {@code int}. */
    public int[] toInts() {
        int[] ints = new int[size];
        for (int i = 0; i < size; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }
}
