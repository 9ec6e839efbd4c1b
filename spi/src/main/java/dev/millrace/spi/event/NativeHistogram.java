package dev.millrace.spi.event;

import java.util.List;

/**
 * A histogram with exponential or custom buckets, as remote write carries it.
 *
 * <p>Of an integer histogram, {@code count} and {@code zeroCount} are whole numbers and buckets are differences to the
 * bucket before; of a floating one all of these are raw bits of doubles and buckets are absolute counts.
 *
 * @param floating whether counts are doubles
 * @param count the number of observations
 * @param sumBits the sum of observations, as the raw bits of a double; the stale marker here makes the histogram one
 * @param schema the resolution, -4 to 8, or -53 for custom buckets
 * @param zeroThreshold the width of the zero bucket
 * @param zeroCount the observations in the zero bucket
 * @param negative the negative buckets
 * @param positive the positive buckets
 * @param resetHint what is known of a counter reset
 * @param customValues the upper bounds of custom buckets, sorted, without the infinite one
 */
public record NativeHistogram(
        boolean floating,
        long count,
        long sumBits,
        int schema,
        double zeroThreshold,
        long zeroCount,
        Buckets negative,
        Buckets positive,
        ResetHint resetHint,
        List<Double> customValues) {

    /** The schema of custom buckets. */
    public static final int CUSTOM_BUCKETS = -53;

    public NativeHistogram {
        customValues = List.copyOf(customValues);
    }

    /** Whether a counter was reset before this histogram; the ordinals are remote write's numbers. */
    public enum ResetHint {
        /** Not known. */
        UNKNOWN,
        /** It was reset. */
        YES,
        /** It was not. */
        NO,
        /** The histogram is no counter. */
        GAUGE
    }

    /** Whether this is the marker of a stale histogram series. */
    public boolean stale() {
        return sumBits == MetricBatch.STALE_NAN;
    }
}
