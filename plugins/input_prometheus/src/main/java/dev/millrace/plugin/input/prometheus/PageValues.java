package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.NativeHistogram;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a page's samples, in their order, and what some of them have beside a value. Not thread-safe. */
final class PageValues {
    private long[] values;
    private long @Nullable [] timestamps;
    private long @Nullable [] starts;
    private @Nullable NativeHistogram @Nullable [] histograms;
    private @Nullable List<Exemplar> @Nullable [] exemplars;
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

    /** Sets when the series of the last sample began to count. */
    void start(long milliseconds) {
        if (starts == null) {
            starts = new long[values.length];
        } else if (starts.length < size) {
            starts = Arrays.copyOf(starts, values.length);
        }
        starts[size - 1] = milliseconds;
    }

    /** Makes the last sample a native histogram. */
    void histogram(NativeHistogram histogram) {
        if (histograms == null) {
            histograms = new NativeHistogram[values.length];
        } else if (histograms.length < size) {
            histograms = Arrays.copyOf(histograms, values.length);
        }
        histograms[size - 1] = histogram;
    }

    /** Sets the exemplars of the last sample. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
    void exemplars(List<Exemplar> list) {
        if (exemplars == null) {
            exemplars = new List[values.length];
        } else if (exemplars.length < size) {
            exemplars = Arrays.copyOf(exemplars, values.length);
        }
        exemplars[size - 1] = list;
    }

    /** Whether all samples are floats that have no more than a value and a timestamp. */
    boolean arePlain() {
        return starts == null && histograms == null && exemplars == null;
    }

    /** When the series of a sample began to count, if that is known beside it; 0 if not. */
    long start(int at) {
        return starts == null || at >= starts.length ? 0 : starts[at];
    }

    /** The native histogram that a sample is, or null. */
    @Nullable
    NativeHistogram histogram(int at) {
        return histograms == null || at >= histograms.length ? null : histograms[at];
    }

    /** The exemplars of a sample, or null. */
    @Nullable
    List<Exemplar> exemplars(int at) {
        return exemplars == null || at >= exemplars.length ? null : exemplars[at];
    }

    /** All values, and so much room behind them, in an array that nothing else uses from now on. */
    long[] takeBits(int room) {
        return values.length == size + room ? values : Arrays.copyOf(values, size + room);
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
