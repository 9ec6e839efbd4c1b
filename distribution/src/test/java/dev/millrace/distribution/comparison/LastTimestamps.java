package dev.millrace.distribution.comparison;

/** A map of series to their last timestamps, in two arrays with open addressing. Not thread-safe. */
final class LastTimestamps {
    /** What a series has that is not there. */
    static final long NONE = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 1 << 10;

    /** The hashes of series; zero is a free place, so that the one series with this hash is kept under one. */
    private long[] series = new long[FIRST_CAPACITY];

    private long[] timestamps = new long[FIRST_CAPACITY];
    private int size;

    /** Sets the timestamp of a series, which a hash of 64 bits names, and returns the one before. */
    long replace(long hash, long timestamp) {
        long key = hash == 0 ? 1 : hash;
        int at = find(series, key);
        if (series[at] == key) {
            long before = timestamps[at];
            timestamps[at] = timestamp;
            return before;
        }
        series[at] = key;
        timestamps[at] = timestamp;
        size++;
        if (size > series.length / 2) {
            grow();
        }
        return NONE;
    }

    private void grow() {
        long[] more = new long[series.length * 2];
        long[] theirs = new long[more.length];
        for (int i = 0; i < series.length; i++) {
            if (series[i] != 0) {
                int at = find(more, series[i]);
                more[at] = series[i];
                theirs[at] = timestamps[i];
            }
        }
        series = more;
        timestamps = theirs;
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
