package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.NativeHistogram;

/** How fine the exponential buckets of native histograms are: from {@link #COARSEST} to {@link #FINEST}. */
public final class HistogramResolution {
    /** The schema of the widest buckets: each 65,536 times as wide as the one before. */
    public static final int COARSEST = -4;

    /** The schema of the narrowest buckets: each 1.0027 times as wide as the one before. */
    public static final int FINEST = 8;

    private HistogramResolution() {}

    /** The finest schema whose buckets grow by a factor at least, which is above 1. */
    public static int ofFactor(double factor) {
        double usable = factor <= 1 ? 1.00271 : factor;
        double schema = Math.floor(-log2(log2(usable)));
        return (int) Math.max(COARSEST, Math.min(FINEST, schema));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    /** A histogram as one of at most this schema; one of custom buckets stays as it is. */
    public static NativeHistogram atMost(NativeHistogram histogram, int schema) {
        int steps = histogram.schema() - schema;
        if (steps <= 0 || histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            return histogram;
        }
        return new NativeHistogram(
                histogram.floating(),
                histogram.count(),
                histogram.sumBits(),
                schema,
                histogram.zeroThreshold(),
                histogram.zeroCount(),
                CoarserBuckets.of(histogram.negative(), steps, histogram.floating()),
                CoarserBuckets.of(histogram.positive(), steps, histogram.floating()),
                histogram.resetHint(),
                histogram.customValues());
    }

    /** The number of buckets. */
    public static int buckets(NativeHistogram histogram) {
        return histogram.negative().size() + histogram.positive().size();
    }
}
