package dev.millrace.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * The series of a batch, with what is known of their metrics, for further batches of the same series: these share the
 * columns, so that one takes eight bytes for each sample. Immutable and thread-safe.
 */
public final class SeriesColumns {
    private final Labels[] labels;
    private final @Nullable Metadata @Nullable [] metadata;

    SeriesColumns(Labels[] labels, @Nullable Metadata @Nullable [] metadata) {
        this.labels = labels;
        this.metadata = metadata;
    }

    /** The number of series. */
    public int size() {
        return labels.length;
    }

    /**
     * Float samples of all these series at one time.
     *
     * @param timestamp milliseconds since the epoch
     * @param valueBits a value for each series, as the raw bits of doubles; the array is the batch's from now on
     * @throws IllegalArgumentException if there are more or fewer values than series
     */
    public MetricBatch at(long timestamp, long[] valueBits) {
        if (valueBits.length != labels.length) {
            throw new IllegalArgumentException("values: " + valueBits.length + " (expected: " + labels.length + ")");
        }
        return new MetricBatch(labels, null, timestamp, valueBits, null, null, null, metadata);
    }
}
