package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.List;

/**
 * A native histogram as a message.
 *
 * <pre>
 * Histogram   1 count_int        uint64  or  2 count_float       double
 *             3 sum              double      4 schema            sint32
 *             5 zero_threshold   double
 *             6 zero_count_int   uint64  or  7 zero_count_float  double
 *             8 negative_spans   BucketSpan  9 negative_deltas   packed sint64  or  10 negative_counts  packed double
 *            11 positive_spans   BucketSpan 12 positive_deltas   packed sint64  or  13 positive_counts  packed double
 *            14 reset_hint       enum       15 timestamp         int64
 *            16 custom_values    packed double  17 start_timestamp  int64, both in version 2.0 only
 * BucketSpan  1 offset           sint32      2 length            uint32
 * </pre>
 *
 * <p>A count is written even when it is zero: its presence tells a floating histogram from one of whole numbers.
 */
final class HistogramFields {
    static final int COUNT_INT = 0x08;
    static final int COUNT_FLOAT = 0x11;
    static final int SUM = 0x19;
    static final int SCHEMA = 0x20;
    static final int ZERO_THRESHOLD = 0x29;
    static final int ZERO_COUNT_INT = 0x30;
    static final int ZERO_COUNT_FLOAT = 0x39;
    static final int NEGATIVE_SPANS = 0x42;
    static final int NEGATIVE_DELTAS = 0x4a;
    static final int NEGATIVE_COUNTS = 0x52;
    static final int POSITIVE_SPANS = 0x5a;
    static final int POSITIVE_DELTAS = 0x62;
    static final int POSITIVE_COUNTS = 0x6a;
    static final int RESET_HINT = 0x70;
    static final int TIMESTAMP = 0x78;
    /* As numbers: on the wire they take two bytes. */
    static final int CUSTOM_VALUES = 0x82;
    static final int START_TIMESTAMP = 0x88;

    static final int SPAN_OFFSET = 0x08;
    static final int SPAN_LENGTH = 0x10;

    /** How many bytes the length of a histogram takes, mostly. */
    private static final int LENGTH_BYTES = 2;

    private HistogramFields() {}

    /**
     * Writes a field of a {@code TimeSeries}.
     *
     * @param tag the field's tag, which is another in each version
     * @param startTimestamp when it began to count, or 0; version 1.0 has no place for it
     */
    static void write(int tag, NativeHistogram histogram, long timestamp, long startTimestamp, FieldWriter out) {
        int start = out.begin(tag, LENGTH_BYTES);
        writeCount(histogram.floating(), COUNT_INT, COUNT_FLOAT, histogram.count(), out);
        writeDouble(SUM, histogram.sumBits(), out);
        if (histogram.schema() != 0) {
            out.varint(SCHEMA);
            out.signed(histogram.schema());
        }
        writeDouble(ZERO_THRESHOLD, Double.doubleToRawLongBits(histogram.zeroThreshold()), out);
        writeCount(histogram.floating(), ZERO_COUNT_INT, ZERO_COUNT_FLOAT, histogram.zeroCount(), out);
        writeSpans(NEGATIVE_SPANS, histogram.negative(), out);
        writeBuckets(histogram.floating(), NEGATIVE_DELTAS, NEGATIVE_COUNTS, histogram.negative(), out);
        writeSpans(POSITIVE_SPANS, histogram.positive(), out);
        writeBuckets(histogram.floating(), POSITIVE_DELTAS, POSITIVE_COUNTS, histogram.positive(), out);
        if (histogram.resetHint() != ResetHint.UNKNOWN) {
            out.varint(RESET_HINT, number(histogram.resetHint()));
        }
        if (timestamp != 0) {
            out.varint(TIMESTAMP, timestamp);
        }
        writeCustomValues(histogram.customValues(), out);
        if (startTimestamp != 0) {
            out.varint(START_TIMESTAMP);
            out.varint(startTimestamp);
        }
        out.end(start, LENGTH_BYTES);
    }

    private static void writeCustomValues(List<Double> values, FieldWriter out) {
        if (values.isEmpty()) {
            return;
        }
        out.varint(CUSTOM_VALUES);
        out.varint((long) Double.BYTES * values.size());
        for (double value : values) {
            out.fixed(Double.doubleToRawLongBits(value));
        }
    }

    private static int number(ResetHint hint) {
        return switch (hint) {
            case UNKNOWN -> 0;
            case YES -> 1;
            case NO -> 2;
            case GAUGE -> 3;
        };
    }

    /** The hint of a number; {@code UNKNOWN} for those of later versions. */
    static ResetHint resetHint(int number) {
        return switch (number) {
            case 1 -> ResetHint.YES;
            case 2 -> ResetHint.NO;
            case 3 -> ResetHint.GAUGE;
            default -> ResetHint.UNKNOWN;
        };
    }

    private static void writeCount(boolean floating, int intTag, int floatTag, long count, FieldWriter out) {
        if (floating) {
            out.fixed(floatTag, count);
        } else {
            out.varint(intTag, count);
        }
    }

    private static void writeDouble(int tag, long bits, FieldWriter out) {
        if (bits != 0) {
            out.fixed(tag, bits);
        }
    }

    private static void writeSpans(int tag, Buckets buckets, FieldWriter out) {
        for (int i = 0; i < buckets.spans(); i++) {
            int start = out.begin(tag, 1);
            if (buckets.offset(i) != 0) {
                out.varint(SPAN_OFFSET);
                out.signed(buckets.offset(i));
            }
            if (buckets.length(i) != 0) {
                out.varint(SPAN_LENGTH, buckets.length(i));
            }
            out.end(start, 1);
        }
    }

    private static void writeBuckets(boolean floating, int deltasTag, int countsTag, Buckets buckets, FieldWriter out) {
        if (buckets.size() == 0) {
            return;
        }
        int start = out.begin(floating ? countsTag : deltasTag, 1);
        for (int i = 0; i < buckets.size(); i++) {
            if (floating) {
                out.fixed(buckets.value(i));
            } else {
                out.signed(buckets.value(i));
            }
        }
        out.end(start, 1);
    }
}
