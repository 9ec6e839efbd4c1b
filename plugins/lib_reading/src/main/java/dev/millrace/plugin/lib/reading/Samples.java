package dev.millrace.plugin.lib.reading;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of one reading, without an object for each. Used again for the next; not thread-safe. */
public final class Samples {
    private @Nullable Series[] series = new Series[512];
    private double[] values = new double[512];
    private long[] starts = new long[512];
    private int size;

    /** Adds a sample. */
    public void add(Series one, double value) {
        add(one, value, 0);
    }

    /** Adds a sample of a counter that began at {@code start}, in milliseconds since the epoch. */
    public void add(Series one, double value, long start) {
        if (size == series.length) {
            series = Arrays.copyOf(series, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
        }
        series[size] = one;
        values[size] = value;
        starts[size] = start;
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Forgets all samples from {@code newSize} on. */
    public void truncate(int newSize) {
        Arrays.fill(series, newSize, size, null);
        size = newSize;
    }

    /** The series of all samples: {@code before} itself where they are the same ones. */
    Series[] series(Series[] before) {
        boolean same = before.length == size;
        for (int i = 0; i < size && same; i++) {
            same = before[i].equals(series[i]);
        }
        return same ? before : Arrays.copyOf(series, size, Series[].class);
    }

    /** The batch of all samples, at a time in milliseconds since the epoch. */
    public MetricBatch batch(long timestamp) {
        return batch(series(new Series[0]), List.of(), timestamp);
    }

    /** The batch of all samples, and of the ends of series that are gone. */
    MetricBatch batch(Series[] present, Iterable<Series> gone, long timestamp) {
        MetricBatchBuilder rows = MetricBatch.builder(size);
        for (int i = 0; i < size; i++) {
            add(rows, present[i], timestamp, Double.doubleToRawLongBits(values[i]));
            if (starts[i] != 0) {
                rows.startTimestamp(starts[i]);
            }
        }
        for (Series one : gone) {
            add(rows, one, timestamp, MetricBatch.STALE_NAN);
        }
        return rows.build();
    }

    private static void add(MetricBatchBuilder rows, Series one, long timestamp, long value) {
        rows.add(one.labels(), timestamp, value);
        if (one.metadata() != null) {
            rows.metadata(one.metadata());
        }
    }
}
