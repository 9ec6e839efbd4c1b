package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the message that {@link HistogramFields} describes. Used again and again. */
final class HistogramReader implements MessageReader.Fields {
    private static final int FINEST_SCHEMA = 8;

    /** Receivers reduce what is finer than they know ("Native Histograms", "Schema"). */
    private static final int FINEST_RESERVED_SCHEMA = 52;

    private static final int COARSEST_SCHEMA = -4;
    private static final int UNPACKED_DOUBLES = WireFormat.WIRETYPE_FIXED64;

    private final MessageReader reader;
    private final CodedInputStream in;
    private final Side negative = new Side();
    private final Side positive = new Side();
    private final Longs customValues = new Longs();
    private final MessageReader.Fields spanFields = this::readSpan;

    private boolean floating;
    private long count;
    private long sumBits;
    private int schema;
    private double zeroThreshold;
    private boolean floatingZero;
    private long zeroCount;
    private int resetHint;
    private long timestamp;
    private long startTimestamp;
    private int spanOffset;
    private int spanLength;

    HistogramReader(MessageReader reader) {
        this.reader = reader;
        this.in = reader.in();
    }

    /** Reads a field of type {@code Histogram}. */
    NativeHistogram histogram() throws IOException {
        clear();
        reader.nested(this);
        if (schema != NativeHistogram.CUSTOM_BUCKETS && (schema < COARSEST_SCHEMA || schema > FINEST_RESERVED_SCHEMA)) {
            throw new IllegalArgumentException("histogram schema: " + schema + " (expected: " + COARSEST_SCHEMA + " to "
                    + FINEST_RESERVED_SCHEMA + ", or " + NativeHistogram.CUSTOM_BUCKETS + ")");
        }
        int finer = Math.max(0, schema - FINEST_SCHEMA);
        return new NativeHistogram(
                floating,
                floating ? Nan.ofOther(count) : count,
                Nan.ofValue(sumBits),
                schema - finer,
                zeroThreshold,
                floating == floatingZero ? zeroCount : 0,
                CoarserBuckets.of(negative.buckets(floating), finer, floating),
                CoarserBuckets.of(positive.buckets(floating), finer, floating),
                HistogramFields.resetHint(resetHint),
                customValues());
    }

    /** The time of the histogram read last. */
    long timestamp() {
        return timestamp;
    }

    /** When the histogram read last began to count, or 0. */
    long startTimestamp() {
        return startTimestamp;
    }

    @Override
    public boolean read(int tag) throws IOException {
        switch (tag) {
            case HistogramFields.COUNT_INT -> count(false, in.readUInt64());
            case HistogramFields.COUNT_FLOAT -> count(true, in.readFixed64());
            case HistogramFields.SUM -> sumBits = in.readFixed64();
            case HistogramFields.SCHEMA -> schema = in.readSInt32();
            case HistogramFields.ZERO_THRESHOLD -> zeroThreshold = in.readDouble();
            case HistogramFields.ZERO_COUNT_INT -> zeroCount(false, in.readUInt64());
            case HistogramFields.ZERO_COUNT_FLOAT -> zeroCount(true, Nan.ofOther(in.readFixed64()));
            case HistogramFields.NEGATIVE_SPANS -> span(negative);
            case HistogramFields.NEGATIVE_DELTAS -> reader.packed(negative.deltas, in::readSInt64);
            case HistogramFields.NEGATIVE_COUNTS -> reader.packed(negative.counts, this::readCount);
            case HistogramFields.POSITIVE_SPANS -> span(positive);
            case HistogramFields.POSITIVE_DELTAS -> reader.packed(positive.deltas, in::readSInt64);
            case HistogramFields.POSITIVE_COUNTS -> reader.packed(positive.counts, this::readCount);
            case HistogramFields.RESET_HINT -> resetHint = in.readEnum();
            case HistogramFields.TIMESTAMP -> timestamp = in.readInt64();
            case HistogramFields.START_TIMESTAMP -> startTimestamp = in.readInt64();
            case HistogramFields.CUSTOM_VALUES -> reader.packed(customValues, this::readCount);
            default -> {
                return readUnpacked(tag);
            }
        }
        return true;
    }

    /* A repeated number may come alone as well: "Encoding: Packed Repeated Fields". */
    private boolean readUnpacked(int tag) throws IOException {
        switch (tag) {
            case HistogramFields.NEGATIVE_DELTAS - 2 -> negative.deltas.add(in.readSInt64());
            case HistogramFields.POSITIVE_DELTAS - 2 -> positive.deltas.add(in.readSInt64());
            case HistogramFields.NEGATIVE_COUNTS - 2 + UNPACKED_DOUBLES -> negative.counts.add(readCount());
            case HistogramFields.POSITIVE_COUNTS - 2 + UNPACKED_DOUBLES -> positive.counts.add(readCount());
            case HistogramFields.CUSTOM_VALUES - 2 + UNPACKED_DOUBLES -> customValues.add(readCount());
            default -> {
                return false;
            }
        }
        return true;
    }

    private long readCount() throws IOException {
        return Nan.ofOther(in.readFixed64());
    }

    private void count(boolean isFloating, long number) {
        floating = isFloating;
        count = number;
    }

    private void zeroCount(boolean isFloating, long number) {
        floatingZero = isFloating;
        zeroCount = number;
    }

    private void span(Side side) throws IOException {
        spanOffset = 0;
        spanLength = 0;
        reader.nested(spanFields);
        if (spanLength < 0 || spanOffset < 0 && side.offsets.size() > 0) {
            throw new IllegalArgumentException("histogram span: offset " + spanOffset + ", length "
                    + Integer.toUnsignedString(spanLength) + " (expected: not before the span before)");
        }
        side.offsets.add(spanOffset);
        side.lengths.add(spanLength);
    }

    private boolean readSpan(int tag) throws IOException {
        switch (tag) {
            case HistogramFields.SPAN_OFFSET -> spanOffset = in.readSInt32();
            case HistogramFields.SPAN_LENGTH -> spanLength = in.readUInt32();
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Double> customValues() {
        List<Double> values = new ArrayList<>(customValues.size());
        for (int i = 0; i < customValues.size(); i++) {
            values.add(Double.longBitsToDouble(customValues.get(i)));
        }
        return values;
    }

    private void clear() {
        count(false, 0);
        zeroCount(false, 0);
        sumBits = 0;
        schema = 0;
        zeroThreshold = 0;
        resetHint = 0;
        timestamp = 0;
        startTimestamp = 0;
        negative.clear();
        positive.clear();
        customValues.clear();
    }

    private static final class Side {
        final Longs offsets = new Longs();
        final Longs lengths = new Longs();
        final Longs deltas = new Longs();
        final Longs counts = new Longs();

        Buckets buckets(boolean floating) {
            Longs values = floating ? counts : deltas;
            return offsets.size() == 0 && values.size() == 0
                    ? Buckets.NONE
                    : new Buckets(offsets.toInts(), lengths.toInts(), values.toArray());
        }

        void clear() {
            offsets.clear();
            lengths.clear();
            deltas.clear();
            counts.clear();
        }
    }
}
