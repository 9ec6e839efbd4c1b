package dev.millrace.core.journal;

import java.util.Arrays;

/**
 * Things that are equal by content, numbered from 0 in the order in which they came. Not thread-safe.
 *
 * <p>An open hash table of numbers beside a list: it stores no object for an entry.
 */
final class InternTable<T> {
    private Object[] items = new Object[64];
    private int[] slots = new int[128];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only add puts something in
    T get(int number) {
        return (T) items[number];
    }

    /** The number of an equal thing, or -1. */
    int find(T item) {
        int mask = slots.length - 1;
        for (int at = spread(item.hashCode()) & mask; slots[at] != 0; at = (at + 1) & mask) {
            Object candidate = items[slots[at] - 1];
            if (candidate == item || candidate.equals(item)) {
                return slots[at] - 1;
            }
        }
        return -1;
    }

    /** Adds a thing that is not there, and returns its number. */
    int add(T item) {
        if (2 * (size + 1) > slots.length) {
            rehash();
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
        place(size);
        return size - 1;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int number = 1; number <= size; number++) {
            place(number);
        }
    }

    private void place(int number) {
        int mask = slots.length - 1;
        int at = spread(items[number - 1].hashCode()) & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = number;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
