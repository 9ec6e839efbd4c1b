package dev.millrace.spi.event;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples: labels, timestamp and value, with start timestamps, native histograms, exemplars and metadata beside them.
 *
 * <p>Timestamps are milliseconds since the epoch. A value is the raw bits of a double, because arithmetic on a double
 * destroys the signalling NaN that marks a stale series. Immutable and thread-safe.
 */
public final class MetricBatch implements EventBatch {
    /** The value that marks a series as stale (remote write specification, "Stale Markers"). */
    public static final long STALE_NAN = 0x7ff0000000000002L;

    /** The bits of every other NaN: all that comes from text is turned into this one. */
    public static final long NORMAL_NAN = 0x7ff8000000000001L;

    private final Labels[] labels;
    private final long @Nullable [] timestamps;
    /** The time of all rows where they have no times of their own. */
    private final long time;

    private final long[] values;
    private final long @Nullable [] startTimestamps;
    private final @Nullable NativeHistogram @Nullable [] histograms;
    private final @Nullable List<Exemplar> @Nullable [] exemplars;
    private final @Nullable Metadata @Nullable [] metadata;

    MetricBatch(
            Labels[] labels,
            long @Nullable [] timestamps,
            long time,
            long[] values,
            long @Nullable [] startTimestamps,
            @Nullable NativeHistogram @Nullable [] histograms,
            @Nullable List<Exemplar> @Nullable [] exemplars,
            @Nullable Metadata @Nullable [] metadata) {
        this.labels = labels;
        this.timestamps = timestamps;
        this.time = time;
        this.values = values;
        this.startTimestamps = startTimestamps;
        this.histograms = histograms;
        this.exemplars = exemplars;
        this.metadata = metadata;
    }

    /** A builder with room for {@code rows} rows; it grows when there are more. */
    public static MetricBatchBuilder builder(int rows) {
        return new MetricBatchBuilder(rows);
    }

    /** What a rule makes of this batch; all columns but the labels are shared where no row is taken out. */
    MetricBatch with(LabelRule rule) {
        @Nullable Labels[] results = new Labels[labels.length];
        int kept = 0;
        boolean changed = false;
        for (int row = 0; row < results.length; row++) {
            Labels result = rule.apply(labels[row]);
            results[row] = result;
            kept += result == null ? 0 : 1;
            changed = changed || !labels[row].equals(result);
        }
        if (!changed) {
            return this;
        }
        if (kept == results.length) {
            return new MetricBatch(results, timestamps, time, values, startTimestamps, histograms, exemplars, metadata);
        }
        return only(results, kept);
    }

    private MetricBatch only(@Nullable Labels[] results, int kept) {
        int[] rows = new int[kept];
        Labels[] series = new Labels[kept];
        int next = 0;
        for (int row = 0; row < results.length; row++) {
            Labels result = results[row];
            if (result != null) {
                rows[next] = row;
                series[next++] = result;
            }
        }
        return new MetricBatch(
                series,
                timestamps == null ? null : picked(timestamps, rows),
                time,
                picked(values, rows),
                startTimestamps == null ? null : picked(startTimestamps, rows),
                histograms == null ? null : picked(histograms, rows),
                exemplars == null ? null : picked(exemplars, rows),
                metadata == null ? null : picked(metadata, rows));
    }

    private static long[] picked(long[] column, int[] rows) {
        long[] picked = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }

    private static <T extends @Nullable Object> T[] picked(T[] column, int[] rows) {
        T[] picked = Arrays.copyOf(column, rows.length);
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }

    /** The series of all rows, for more batches of the same. */
    public SeriesColumns series() {
        return new SeriesColumns(labels, metadata);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Labels labels(int row) {
        return labels[row];
    }

    /** The time of a row, in milliseconds since the epoch. */
    public long timestamp(int row) {
        return timestamps == null ? time : timestamps[row];
    }

    /** The value of a row as the raw bits of a double; for a histogram those of its sum. */
    public long valueBits(int row) {
        return values[row];
    }

    /** When the series of a row began to count, in milliseconds since the epoch; 0 where that is not known. */
    public long startTimestamp(int row) {
        return startTimestamps == null ? 0 : startTimestamps[row];
    }

    /** The histogram of a row, or null where the row is a float sample. */
    public @Nullable NativeHistogram histogram(int row) {
        return histograms == null ? null : histograms[row];
    }

    /** The exemplars of a row, mostly none. */
    public List<Exemplar> exemplars(int row) {
        List<Exemplar> list = exemplars == null ? null : exemplars[row];
        return list == null ? List.of() : list;
    }

    /** What is known of the metric of a row, or null. */
    public @Nullable Metadata metadata(int row) {
        return metadata == null ? null : metadata[row];
    }

    /** Whether any row has a start timestamp. */
    public boolean hasStartTimestamps() {
        return startTimestamps != null;
    }

    /** Whether any row is a histogram. */
    public boolean hasHistograms() {
        return histograms != null;
    }

    /** Whether any row has exemplars. */
    public boolean hasExemplars() {
        return exemplars != null;
    }

    /** Whether any row has metadata. */
    public boolean hasMetadata() {
        return metadata != null;
    }
}
