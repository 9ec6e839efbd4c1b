package dev.millrace.spi.event;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of samples that grow by rows. Not thread-safe; used once. */
public final class MetricBatchBuilder {
    private Labels[] labels;
    private long[] timestamps;
    private long[] values;
    private long @Nullable [] startTimestamps;
    private @Nullable NativeHistogram @Nullable [] histograms;
    private @Nullable List<Exemplar> @Nullable [] exemplars;
    private @Nullable Metadata @Nullable [] metadata;
    private int size;

    MetricBatchBuilder(int rows) {
        int capacity = Math.max(rows, 8);
        labels = new Labels[capacity];
        timestamps = new long[capacity];
        values = new long[capacity];
    }

    /** The number of rows so far. */
    public int size() {
        return size;
    }

    /** Adds a float sample; the value is the raw bits of a double. */
    public MetricBatchBuilder add(Labels series, long timestamp, long valueBits) {
        if (size == labels.length) {
            grow();
        }
        labels[size] = series;
        timestamps[size] = timestamp;
        values[size] = valueBits;
        size++;
        return this;
    }

    /**
     * Adds float samples of one time: the first {@code count} of each column, which are copied.
     *
     * @param series their labels
     * @param valueBits their values, as the raw bits of doubles
     * @param descriptions what is known of their metrics, null where that is nothing
     */
    public MetricBatchBuilder addAll(
            Labels[] series, long timestamp, long[] valueBits, @Nullable Metadata[] descriptions, int count) {
        while (count > labels.length - size) {
            grow();
        }
        System.arraycopy(series, 0, labels, size, count);
        Arrays.fill(timestamps, size, size + count, timestamp);
        System.arraycopy(valueBits, 0, values, size, count);
        for (int i = 0; i < count && metadata == null; i++) {
            metadata = descriptions[i] == null ? null : new Metadata[labels.length];
        }
        if (metadata != null) {
            System.arraycopy(descriptions, 0, metadata, size, count);
        }
        size += count;
        return this;
    }

    /** Adds a native histogram. */
    public MetricBatchBuilder add(Labels series, long timestamp, NativeHistogram histogram) {
        add(series, timestamp, histogram.sumBits());
        histograms()[size - 1] = histogram;
        return this;
    }

    /** Adds a row of a batch, with all that stands beside it. */
    public MetricBatchBuilder add(MetricBatch batch, int row) {
        add(batch.labels(row), batch.timestamp(row), batch.valueBits(row));
        NativeHistogram histogram = batch.histogram(row);
        if (histogram != null) {
            histograms()[size - 1] = histogram;
        }
        if (batch.startTimestamp(row) != 0) {
            startTimestamp(batch.startTimestamp(row));
        }
        if (!batch.exemplars(row).isEmpty()) {
            exemplars(batch.exemplars(row));
        }
        Metadata description = batch.metadata(row);
        return description == null ? this : metadata(description);
    }

    /** Sets the start timestamp of the last row. */
    public MetricBatchBuilder startTimestamp(long milliseconds) {
        if (startTimestamps == null) {
            startTimestamps = new long[labels.length];
        }
        startTimestamps[last()] = milliseconds;
        return this;
    }

    /** Sets the exemplars of the last row. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
    public MetricBatchBuilder exemplars(List<Exemplar> list) {
        if (exemplars == null) {
            exemplars = new List[labels.length];
        }
        exemplars[last()] = List.copyOf(list);
        return this;
    }

    /** Sets the metadata of the last row. */
    public MetricBatchBuilder metadata(Metadata description) {
        if (metadata == null) {
            metadata = new Metadata[labels.length];
        }
        metadata[last()] = description;
        return this;
    }

    /** Forgets all rows from {@code newSize} on. */
    public MetricBatchBuilder truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("newSize: " + newSize + " (expected: 0.." + size + ")");
        }
        if (startTimestamps != null) {
            Arrays.fill(startTimestamps, newSize, size, 0);
        }
        clear(histograms, newSize);
        clear(exemplars, newSize);
        clear(metadata, newSize);
        size = newSize;
        return this;
    }

    /** The batch of all rows. The builder must not be used afterwards. */
    public MetricBatch build() {
        if (size < labels.length) {
            resize(size);
        }
        return new MetricBatch(labels, timestamps, 0, values, startTimestamps, histograms, exemplars, metadata);
    }

    private @Nullable NativeHistogram[] histograms() {
        if (histograms == null) {
            histograms = new NativeHistogram[labels.length];
        }
        return histograms;
    }

    private int last() {
        if (size == 0) {
            throw new IllegalStateException("rows: 0 (expected: a row before its side columns)");
        }
        return size - 1;
    }

    private void clear(@Nullable Object @Nullable [] column, int from) {
        if (column != null) {
            Arrays.fill(column, from, size, null);
        }
    }

    private void grow() {
        resize(labels.length * 2);
    }

    private void resize(int capacity) {
        labels = Arrays.copyOf(labels, capacity);
        timestamps = Arrays.copyOf(timestamps, capacity);
        values = Arrays.copyOf(values, capacity);
        startTimestamps = startTimestamps == null ? null : Arrays.copyOf(startTimestamps, capacity);
        histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
        exemplars = exemplars == null ? null : Arrays.copyOf(exemplars, capacity);
        metadata = metadata == null ? null : Arrays.copyOf(metadata, capacity);
    }
}
