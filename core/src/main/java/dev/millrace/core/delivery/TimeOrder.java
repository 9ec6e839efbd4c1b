package dev.millrace.core.delivery;

import org.jspecify.annotations.Nullable;

/** Sorts rows by timestamp without an object for each: a stable merge sort of row numbers. */
final class TimeOrder {
    private TimeOrder() {}

    /** The indexes of {@code timestamps} in the order of time, equal ones as they stand; null if that is 0, 1, 2, … */
    static int @Nullable [] of(long[] timestamps) {
        int size = timestamps.length;
        if (sorted(timestamps)) {
            return null;
        }
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (int run = 1; run < size; run *= 2) {
            for (int start = 0; start < size; start += 2 * run) {
                merge(timestamps, from, to, start, Math.min(start + run, size), Math.min(start + 2 * run, size));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(long[] timestamps, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || timestamps[from[left]] <= timestamps[from[right]]);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private static boolean sorted(long[] timestamps) {
        for (int i = 1; i < timestamps.length; i++) {
            if (timestamps[i] < timestamps[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
