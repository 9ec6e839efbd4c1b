package dev.millrace.core.delivery;

import dev.millrace.spi.event.Labels;
import java.util.Arrays;

/**
 * The newest timestamp that was put into a request, for each series. Not thread-safe.
 *
 * <p>A series has a number. Rows come in nearly the same order again and again, so a series is first looked for behind
 * the one that it followed last time; only where the order is new is it searched by its hash. The numbers of a generation
 * end when it holds as many series as there is room for, or when each of them was seen many times; a series that is not
 * seen for a whole generation is forgotten. A generation begins with as much room as the one before it came to use. Two
 * generations keep the labels of their series in memory, which is at most a quarter of the heap where a series takes 256
 * bytes.
 */
final class SeriesTimes {
    /** No series. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 64;
    private static final int ROUNDS = 64;
    private static final int LEAST_LOOKUPS = 1 << 20;
    private static final int LEAST_SERIES = 1 << 14;
    private static final int MOST_SERIES = 1 << 20;
    private static final int HEAP_FOR_A_SERIES = 2 << 10;

    private final int mostSeries;
    private Generation current = new Generation(FIRST_CAPACITY);
    private Generation before = new Generation(FIRST_CAPACITY);
    private long lookups;

    /** Times of as many series as the heap has room for beside everything else. */
    SeriesTimes() {
        this((int) Math.max(
                LEAST_SERIES, Math.min(MOST_SERIES, Runtime.getRuntime().maxMemory() / HEAP_FOR_A_SERIES)));
    }

    /** Times of {@code mostSeries} in a generation. */
    SeriesTimes(int mostSeries) {
        this.mostSeries = mostSeries;
    }

    /** Begins a new generation where it is time; numbers from before then mean nothing. */
    void age() {
        if (current.size >= mostSeries || lookups > Math.max(LEAST_LOOKUPS, (long) ROUNDS * current.size)) {
            before = current;
            current = new Generation(Math.max(FIRST_CAPACITY, before.size));
            lookups = 0;
        }
    }

    /** The number of a series, of which {@code previous} may be the one that came before it. */
    @SuppressWarnings("ReferenceEquality") // narrows the search: an equal one is found as well
    int number(Labels labels, int previous) {
        lookups++;
        Generation now = current;
        if (previous < 0 || previous >= now.size) {
            return find(labels);
        }
        int expected = now.followers[previous];
        if (expected < now.size && now.series[expected] == labels) {
            return expected;
        }
        int number = find(labels);
        now.followers[previous] = number;
        return number;
    }

    private int find(Labels labels) {
        int number = current.find(labels);
        if (number != NONE) {
            current.series[number] = labels; // the object that will probably come again
            return number;
        }
        int old = before.find(labels);
        return current.add(labels, old == NONE ? Long.MIN_VALUE : before.times[old]);
    }

    /** The newest timestamp of a series, or {@code Long.MIN_VALUE} where none is known. */
    long newest(int number) {
        return current.times[number];
    }

    /** Notes a timestamp of a series. */
    void sent(int number, long timestamp) {
        if (timestamp > current.times[number]) {
            current.times[number] = timestamp;
        }
    }

    /** Series by number, with an open hash table of numbers + 1. */
    private static final class Generation {
        private Labels[] series;
        private long[] times;
        private int[] followers;
        private int[] slots;
        private int size;

        Generation(int room) {
            series = new Labels[room];
            times = new long[room];
            followers = new int[room];
            slots = new int[slotsOf(room)];
        }

        int find(Labels labels) {
            int mask = slots.length - 1;
            for (int at = labels.hashCode() & mask; slots[at] != 0; at = (at + 1) & mask) {
                if (series[slots[at] - 1].equals(labels)) {
                    return slots[at] - 1;
                }
            }
            return NONE;
        }

        int add(Labels labels, long time) {
            if (size == series.length) {
                grow();
            }
            series[size] = labels;
            times[size] = time;
            followers[size] = size + 1;
            place(size++);
            return size - 1;
        }

        private void grow() {
            series = Arrays.copyOf(series, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            followers = Arrays.copyOf(followers, 2 * size);
            slots = new int[slotsOf(2 * size)];
            for (int number = 0; number < size; number++) {
                place(number);
            }
        }

        /* A power of two, of which at most half is used. */
        private static int slotsOf(int room) {
            return Integer.highestOneBit(2 * room - 1) << 1;
        }

        private void place(int number) {
            int mask = slots.length - 1;
            int at = series[number].hashCode() & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = number + 1;
        }
    }
}
