package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Exemplar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of a page's samples, in their order, and the timestamps and exemplars of those that have them. Not thread-safe. */
final class PageValues {
    private long[] values;
    private long @Nullable [] timestamps;
    private @Nullable Exemplar @Nullable [] exemplars;
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

    /** Sets the exemplar of the last sample. */
    void exemplar(Exemplar exemplar) {
        if (exemplars == null) {
            exemplars = new Exemplar[values.length];
        } else if (exemplars.length < size) {
            exemplars = Arrays.copyOf(exemplars, values.length);
        }
        exemplars[size - 1] = exemplar;
    }

    /** Whether any sample has an exemplar. */
    boolean hasExemplars() {
        return exemplars != null;
    }

    /** The exemplar of a sample, mostly none. */
    @Nullable
    Exemplar exemplar(int at) {
        return exemplars == null || at >= exemplars.length ? null : exemplars[at];
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
