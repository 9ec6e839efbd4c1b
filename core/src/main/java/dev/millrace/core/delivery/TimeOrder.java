package dev.millrace.core.delivery;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows by timestamp without an object for each: a stable merge sort of row numbers, which begins with the runs that
 * are sorted already. The rows of a scrape are one.
 */
final class TimeOrder {
    private TimeOrder() {}

    /** The indexes of {@code timestamps} in the order of time, equal ones as they stand; null if that is 0, 1, 2, … */
    static int @Nullable [] of(long[] timestamps) {
        int size = timestamps.length;
        int[] runs = runs(timestamps);
        int count = runs.length - 1;
        if (count <= 1) {
            return null;
        }
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        while (count > 1) {
            int merged = 0;
            for (int run = 0; run < count; run += 2) {
                int start = runs[run];
                int middle = runs[run + 1];
                int end = runs[Math.min(run + 2, count)];
                merge(timestamps, from, to, start, middle, end);
                runs[++merged] = end;
            }
            count = merged;
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /* Where each run begins, and the end of the last one. */
    private static int[] runs(long[] timestamps) {
        int size = timestamps.length;
        int[] runs = new int[8];
        int count = 0;
        for (int i = 1; i < size; i++) {
            if (timestamps[i] < timestamps[i - 1]) {
                if (count + 2 >= runs.length) {
                    runs = Arrays.copyOf(runs, 2 * runs.length);
                }
                runs[++count] = i;
            }
        }
        runs[++count] = size;
        return Arrays.copyOf(runs, count + 1);
    }

    private static void merge(long[] timestamps, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || timestamps[from[left]] <= timestamps[from[right]]);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
