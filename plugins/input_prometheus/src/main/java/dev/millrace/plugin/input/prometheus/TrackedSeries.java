package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.List;

/**
 * A series whose end is to be marked.
 *
 * @param labels its labels
 * @param histogram whether its last sample was a native histogram: then the mark is one as well
 */
record TrackedSeries(Labels labels, boolean histogram) {
    private static final NativeHistogram STALE = new NativeHistogram(
            false,
            0,
            MetricBatch.STALE_NAN,
            0,
            0,
            0,
            Buckets.NONE,
            Buckets.NONE,
            NativeHistogram.ResetHint.UNKNOWN,
            List.of());

    /** Takes series one by one. */
    interface Action {
        void accept(Labels labels, boolean histogram);
    }

    /** Adds the mark of the end of a series. */
    static void addEnd(MetricBatchBuilder rows, Labels labels, boolean histogram, long timestamp) {
        if (histogram) {
            rows.add(labels, timestamp, STALE);
        } else {
            rows.add(labels, timestamp, MetricBatch.STALE_NAN);
        }
    }

    /** Adds the mark of its end. */
    void addEnd(MetricBatchBuilder rows, long timestamp) {
        addEnd(rows, labels, histogram, timestamp);
    }
}
