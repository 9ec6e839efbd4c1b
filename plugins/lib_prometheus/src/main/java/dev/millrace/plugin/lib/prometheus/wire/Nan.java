package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.MetricBatch;

/**
 * Which NaN a value may be.
 *
 * <p>Remote write gives one NaN a meaning, the stale marker, and allows it for nothing else. All others mean the same and
 * become one.
 */
public final class Nan {
    private Nan() {}

    /** The bits of a sample's value or a histogram's sum, which may be the stale marker. */
    public static long ofValue(long bits) {
        return bits == MetricBatch.STALE_NAN ? bits : ofOther(bits);
    }

    /** The bits of any other number. */
    public static long ofOther(long bits) {
        return (bits & Long.MAX_VALUE) > 0x7ff0000000000000L ? MetricBatch.NORMAL_NAN : bits;
    }
}
