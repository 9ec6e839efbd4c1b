package dev.millrace.plugin.lib.prometheus.wire;

import static com.google.protobuf.CodedOutputStream.computeInt64SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeSInt32SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeSInt64SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeUInt64SizeNoTag;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.io.IOException;

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
 *            16 custom_values    packed double, in version 2.0 only
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
    static final int CUSTOM_VALUES = 0x82;

    static final int SPAN_OFFSET = 0x08;
    static final int SPAN_LENGTH = 0x10;

    private static final int DOUBLE = 1 + Long.BYTES;

    private HistogramFields() {}

    /** The bytes of a histogram's field, with tag and length. */
    static int fieldSize(NativeHistogram histogram, long timestamp) {
        int size = size(histogram, timestamp);
        return 1 + computeUInt32SizeNoTag(size) + size;
    }

    static void writeField(NativeHistogram histogram, long timestamp, CodedOutputStream out) throws IOException {
        out.writeUInt32NoTag(WireTags.SERIES_HISTOGRAMS);
        out.writeUInt32NoTag(size(histogram, timestamp));
        writeCount(histogram.floating(), COUNT_INT, COUNT_FLOAT, histogram.count(), out);
        writeDouble(SUM, histogram.sumBits(), out);
        if (histogram.schema() != 0) {
            out.writeUInt32NoTag(SCHEMA);
            out.writeSInt32NoTag(histogram.schema());
        }
        writeDouble(ZERO_THRESHOLD, Double.doubleToRawLongBits(histogram.zeroThreshold()), out);
        writeCount(histogram.floating(), ZERO_COUNT_INT, ZERO_COUNT_FLOAT, histogram.zeroCount(), out);
        writeSpans(NEGATIVE_SPANS, histogram.negative(), out);
        writeBuckets(histogram.floating(), NEGATIVE_DELTAS, NEGATIVE_COUNTS, histogram.negative(), out);
        writeSpans(POSITIVE_SPANS, histogram.positive(), out);
        writeBuckets(histogram.floating(), POSITIVE_DELTAS, POSITIVE_COUNTS, histogram.positive(), out);
        if (histogram.resetHint() != ResetHint.UNKNOWN) {
            out.writeUInt32NoTag(RESET_HINT);
            out.writeUInt32NoTag(number(histogram.resetHint()));
        }
        if (timestamp != 0) {
            out.writeUInt32NoTag(TIMESTAMP);
            out.writeInt64NoTag(timestamp);
        }
    }

    private static int size(NativeHistogram histogram, long timestamp) {
        boolean floating = histogram.floating();
        return countSize(floating, histogram.count())
                + (histogram.sumBits() == 0 ? 0 : DOUBLE)
                + (histogram.schema() == 0 ? 0 : 1 + computeSInt32SizeNoTag(histogram.schema()))
                + (Double.doubleToRawLongBits(histogram.zeroThreshold()) == 0 ? 0 : DOUBLE)
                + countSize(floating, histogram.zeroCount())
                + spansSize(histogram.negative())
                + bucketsFieldSize(floating, histogram.negative())
                + spansSize(histogram.positive())
                + bucketsFieldSize(floating, histogram.positive())
                + (histogram.resetHint() == ResetHint.UNKNOWN ? 0 : 2)
                + (timestamp == 0 ? 0 : 1 + computeInt64SizeNoTag(timestamp));
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

    private static int countSize(boolean floating, long count) {
        return floating ? DOUBLE : 1 + computeUInt64SizeNoTag(count);
    }

    private static void writeCount(boolean floating, int intTag, int floatTag, long count, CodedOutputStream out)
            throws IOException {
        out.writeUInt32NoTag(floating ? floatTag : intTag);
        if (floating) {
            out.writeFixed64NoTag(count);
        } else {
            out.writeUInt64NoTag(count);
        }
    }

    private static void writeDouble(int tag, long bits, CodedOutputStream out) throws IOException {
        if (bits != 0) {
            out.writeUInt32NoTag(tag);
            out.writeFixed64NoTag(bits);
        }
    }

    /* A span takes at most 12 bytes, so that its length is one. */
    private static int spansSize(Buckets buckets) {
        int size = 0;
        for (int i = 0; i < buckets.spans(); i++) {
            size += 2 + spanSize(buckets, i);
        }
        return size;
    }

    private static int spanSize(Buckets buckets, int span) {
        int offset = buckets.offset(span);
        int length = buckets.length(span);
        return (offset == 0 ? 0 : 1 + computeSInt32SizeNoTag(offset))
                + (length == 0 ? 0 : 1 + computeUInt32SizeNoTag(length));
    }

    private static void writeSpans(int tag, Buckets buckets, CodedOutputStream out) throws IOException {
        for (int i = 0; i < buckets.spans(); i++) {
            out.writeUInt32NoTag(tag);
            out.writeUInt32NoTag(spanSize(buckets, i));
            if (buckets.offset(i) != 0) {
                out.writeUInt32NoTag(SPAN_OFFSET);
                out.writeSInt32NoTag(buckets.offset(i));
            }
            if (buckets.length(i) != 0) {
                out.writeUInt32NoTag(SPAN_LENGTH);
                out.writeUInt32NoTag(buckets.length(i));
            }
        }
    }

    private static int bucketsFieldSize(boolean floating, Buckets buckets) {
        int size = bucketsSize(floating, buckets);
        return size == 0 ? 0 : 1 + computeUInt32SizeNoTag(size) + size;
    }

    private static int bucketsSize(boolean floating, Buckets buckets) {
        if (floating) {
            return Long.BYTES * buckets.size();
        }
        int size = 0;
        for (int i = 0; i < buckets.size(); i++) {
            size += computeSInt64SizeNoTag(buckets.value(i));
        }
        return size;
    }

    private static void writeBuckets(
            boolean floating, int deltasTag, int countsTag, Buckets buckets, CodedOutputStream out) throws IOException {
        if (buckets.size() == 0) {
            return;
        }
        out.writeUInt32NoTag(floating ? countsTag : deltasTag);
        out.writeUInt32NoTag(bucketsSize(floating, buckets));
        for (int i = 0; i < buckets.size(); i++) {
            if (floating) {
                out.writeFixed64NoTag(buckets.value(i));
            } else {
                out.writeSInt64NoTag(buckets.value(i));
            }
        }
    }
}
