package dev.millrace.plugin.input.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of a page's samples, in their order, and the timestamps of those that have one. Not thread-safe. */
final class PageValues {
    private long[] values;
    private long @Nullable [] timestamps;
    private int size;

    PageValues(int expected) {
        values = new long[Math.max(expected, 64)];
    }

    /** The number of values. */
    int size() {
        return size;
    }

    /** Adds the value of the next sample, as the raw bits of a double. */
    void add(long valueBits) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = valueBits;
    }

    /** Sets the timestamp of the last sample. */
    void timestamp(long milliseconds) {
        if (timestamps == null) {
            timestamps = new long[values.length];
        } else if (timestamps.length < size) {
            timestamps = Arrays.copyOf(timestamps, values.length);
        }
        timestamps[size - 1] = milliseconds;
    }

    /** All values, and room behind them. */
    long[] bits() {
        return values;
    }

    /** The timestamp of a sample that has one. */
    long timestamp(int at) {
        return timestamps == null ? 0 : timestamps[at];
    }
}
