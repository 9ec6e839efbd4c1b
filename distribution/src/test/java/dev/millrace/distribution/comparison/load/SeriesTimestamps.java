package dev.millrace.distribution.comparison.load;

import java.util.Arrays;

/**
 * The newest timestamps of each series, a fixed number of them, in arrays with open addressing. Its memory grows with the
 * series and not with the samples. Not thread-safe.
 */
final class SeriesTimestamps {
    /** What a timestamp is to those of its series that came before. */
    enum Place {
        /** Newer than all. */
        NEXT,
        /** Not there yet, and older than the newest. */
        OLDER,
        /** There already. */
        REPEATED
    }

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final long NONE = Long.MIN_VALUE;

    private final int remembered;
    /** The hashes of series; zero is a free place, so that the one series with this hash is kept under one. */
    private long[] series = new long[FIRST_CAPACITY];

    private int[] numbers = new int[FIRST_CAPACITY];
    /** By the number of a series. */
    private long[] newest = new long[FIRST_CAPACITY];

    private int[] counts = new int[FIRST_CAPACITY];
    /** Of each series a ring, one behind the other. */
    private long[] rings;

    private int size;

    /** Remembers so many timestamps of each series; what is older and comes again is taken for new. */
    SeriesTimestamps(int remembered) {
        this.remembered = remembered;
        this.rings = new long[FIRST_CAPACITY * remembered];
    }

    /** Adds a timestamp to the series that a hash of 64 bits names. */
    Place add(long hash, long timestamp) {
        int number = number(hash == 0 ? 1 : hash);
        Place place =
                timestamp > newest[number] ? Place.NEXT : contains(number, timestamp) ? Place.REPEATED : Place.OLDER;
        if (place != Place.REPEATED) {
            rings[number * remembered + counts[number]++ % remembered] = timestamp;
        }
        newest[number] = Math.max(newest[number], timestamp);
        return place;
    }

    private boolean contains(int number, long timestamp) {
        int start = number * remembered;
        int end = start + Math.min(counts[number], remembered);
        for (int i = start; i < end; i++) {
            if (rings[i] == timestamp) {
                return true;
            }
        }
        return false;
    }

    private int number(long key) {
        int at = find(series, key);
        if (series[at] == key) {
            return numbers[at];
        }
        int number = size++;
        series[at] = key;
        numbers[at] = number;
        newest[number] = NONE;
        if (size > series.length / 2) {
            grow();
        }
        return number;
    }

    private void grow() {
        long[] more = new long[series.length * 2];
        int[] theirs = new int[more.length];
        for (int i = 0; i < series.length; i++) {
            if (series[i] != 0) {
                int at = find(more, series[i]);
                more[at] = series[i];
                theirs[at] = numbers[i];
            }
        }
        series = more;
        numbers = theirs;
        int room = more.length / 2 + 1;
        newest = Arrays.copyOf(newest, room);
        counts = Arrays.copyOf(counts, room);
        rings = Arrays.copyOf(rings, room * remembered);
    }

    private static int find(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) (key ^ key >>> 32) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
