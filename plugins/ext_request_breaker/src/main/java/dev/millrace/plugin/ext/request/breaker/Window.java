package dev.millrace.plugin.ext.request.breaker;

import java.util.Arrays;

/** How many requests of the last seconds failed, counted for each second. Not thread-safe. */
final class Window {
    private final int[] requests;
    private final int[] failures;
    private long newest = Long.MIN_VALUE;

    Window(int seconds) {
        requests = new int[seconds];
        failures = new int[seconds];
    }

    void add(long second, boolean failed) {
        moveTo(second);
        int at = (int) Math.floorMod(second, (long) requests.length);
        requests[at]++;
        failures[at] += failed ? 1 : 0;
    }

    int requests(long second) {
        moveTo(second);
        return sum(requests);
    }

    int failures(long second) {
        moveTo(second);
        return sum(failures);
    }

    void clear() {
        Arrays.fill(requests, 0);
        Arrays.fill(failures, 0);
    }

    /* A clock that goes back a little leaves what was counted where it is; one that goes back far begins anew. */
    private void moveTo(long second) {
        if (newest == Long.MIN_VALUE || Math.abs(second - newest) >= requests.length) {
            clear();
            newest = second;
        } else {
            for (long s = newest + 1; s <= second; s++) {
                int at = (int) Math.floorMod(s, (long) requests.length);
                requests[at] = 0;
                failures[at] = 0;
            }
        }
        newest = Math.max(newest, second);
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
