package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.List;

/**
 * The message {@code Histogram}, which is classic, native, or both. Its classic buckets and its exemplars stay where they
 * are. Used again and again; not thread-safe.
 */
final class HistogramMessage {
    static final int BUCKET = 0x1a;
    static final int EXEMPLAR = 0x82;

    private static final int SAMPLE_COUNT = 0x08;
    private static final int SAMPLE_SUM = 0x11;
    private static final int SAMPLE_COUNT_FLOAT = 0x21;
    private static final int SCHEMA = 0x28;
    private static final int ZERO_THRESHOLD = 0x31;
    private static final int ZERO_COUNT = 0x38;
    private static final int ZERO_COUNT_FLOAT = 0x41;
    private static final int NEGATIVE_SPAN = 0x4a;
    private static final int NEGATIVE_DELTA = 0x50;
    private static final int NEGATIVE_DELTAS = 0x52;
    private static final int NEGATIVE_COUNT = 0x59;
    private static final int NEGATIVE_COUNTS = 0x5a;
    private static final int POSITIVE_SPAN = 0x62;
    private static final int POSITIVE_DELTA = 0x68;
    private static final int POSITIVE_DELTAS = 0x6a;
    private static final int POSITIVE_COUNT = 0x71;
    private static final int POSITIVE_COUNTS = 0x72;
    private static final int START = 0x7a;

    private static final int COARSEST_SCHEMA = -4;
    private static final int FINEST_SCHEMA = 8;
    /** Schemas up to this one are reserved, and can be made coarser. */
    private static final int LAST_RESERVED_SCHEMA = 52;

    private final Fields fields;
    private final Timestamps timestamps;
    private final BucketSide negative;
    private final BucketSide positive;

    private long count;
    private long countFloat;
    private long sum;
    private int schema;
    private long zeroThreshold;
    private long zeroCount;
    private long zeroCountFloat;
    private long start;
    private boolean buckets;
    private boolean exemplars;

    HistogramMessage(byte[] bytes) {
        fields = new Fields(bytes);
        timestamps = new Timestamps(bytes);
        negative = new BucketSide(bytes);
        positive = new BucketSide(bytes);
    }

    /** Reads the message in a range. */
    void read(int from, int to) throws ProtobufFormatException {
        clear();
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case SAMPLE_COUNT -> count = fields.number();
                case SAMPLE_SUM -> sum = fields.number();
                case BUCKET -> buckets = true;
                case SAMPLE_COUNT_FLOAT -> countFloat = fields.number();
                case START -> start = timestamps.milliseconds(fields.start(), fields.end());
                case EXEMPLAR -> exemplars = true;
                default -> readNative(tag);
            }
        }
    }

    private void readNative(int tag) throws ProtobufFormatException {
        switch (tag) {
            case SCHEMA -> schema = (int) Fields.signed(fields.number() & 0xffff_ffffL);
            case ZERO_THRESHOLD -> zeroThreshold = fields.number();
            case ZERO_COUNT -> zeroCount = fields.number();
            case ZERO_COUNT_FLOAT -> zeroCountFloat = fields.number();
            case NEGATIVE_SPAN -> negative.span(fields.start(), fields.end());
            case NEGATIVE_DELTA -> negative.delta(fields.signed());
            case NEGATIVE_DELTAS -> negative.deltas(fields.start(), fields.end());
            case NEGATIVE_COUNT -> negative.count(fields.number());
            case NEGATIVE_COUNTS -> negative.counts(fields.start(), fields.end());
            case POSITIVE_SPAN -> positive.span(fields.start(), fields.end());
            case POSITIVE_DELTA -> positive.delta(fields.signed());
            case POSITIVE_DELTAS -> positive.deltas(fields.start(), fields.end());
            case POSITIVE_COUNT -> positive.count(fields.number());
            case POSITIVE_COUNTS -> positive.counts(fields.start(), fields.end());
            default -> {
                // A field of a later version.
            }
        }
    }

    /** The number of observations, as the raw bits of a double. */
    long countBits() {
        return Counts.bits(count, countFloat);
    }

    /** The sum of observations, as the raw bits of a double. */
    long sumBits() {
        return sum;
    }

    /** When it began to count, in milliseconds since the epoch; 0 where that is not known. */
    long start() {
        return start;
    }

    /** Whether it has classic buckets. */
    boolean hasBuckets() {
        return buckets;
    }

    /** Whether it has exemplars beside those of its classic buckets. */
    boolean hasExemplars() {
        return exemplars;
    }

    /** Whether it is native: it has a span, be it an empty one, or a zero bucket. */
    boolean isNative() {
        return positive.hasSpans()
                || negative.hasSpans()
                || Double.longBitsToDouble(zeroThreshold) > 0
                || zeroCount != 0
                || Double.longBitsToDouble(zeroCountFloat) > 0;
    }

    /**
     * The native histogram, without its empty buckets.
     *
     * @param gauge whether it is no counter
     * @throws ProtobufFormatException if it contradicts itself
     */
    NativeHistogram histogram(boolean gauge) throws ProtobufFormatException {
        if (schema < COARSEST_SCHEMA || schema > LAST_RESERVED_SCHEMA) {
            throw fields.error("a histogram of schema " + schema + " (expected: " + COARSEST_SCHEMA + " to "
                    + FINEST_SCHEMA + ")");
        }
        boolean floating = isFloating();
        int halvings = Math.max(0, schema - FINEST_SCHEMA);
        Buckets below = negative.buckets(floating, halvings);
        Buckets above = positive.buckets(floating, halvings);
        if (floating) {
            checkNotNegative(countFloat);
            checkNotNegative(zeroCountFloat);
        } else {
            checkCount();
        }
        return new NativeHistogram(
                floating,
                floating ? Nan.ofOther(countFloat) : count,
                Nan.ofOther(sum),
                schema - halvings,
                Double.longBitsToDouble(Nan.ofOther(zeroThreshold)),
                floating ? Nan.ofOther(zeroCountFloat) : zeroCount,
                below,
                above,
                gauge ? ResetHint.GAUGE : ResetHint.UNKNOWN,
                List.of());
    }

    private boolean isFloating() {
        return Double.longBitsToDouble(countFloat) > 0
                || Double.longBitsToDouble(zeroCountFloat) > 0
                || (negative.hasCounts() || positive.hasCounts()) && !negative.hasDeltas() && !positive.hasDeltas();
    }

    /* Observations of NaN are counted and lie in no bucket. */
    private void checkCount() throws ProtobufFormatException {
        if (count < 0 || zeroCount < 0) {
            throw fields.error("a histogram of more than 2^63 observations (expected: fewer)");
        }
        long rest = count - zeroCount;
        rest = rest < negative.total() ? -1 : rest - negative.total();
        rest = rest < positive.total() ? -1 : rest - positive.total();
        if (rest < 0 || rest > 0 && !Double.isNaN(Double.longBitsToDouble(sum))) {
            throw fields.error("a histogram of " + count + " observations, with " + zeroCount + ", " + negative.total()
                    + " and " + positive.total() + " in its buckets (expected: as many in all)");
        }
    }

    private void checkNotNegative(long bits) throws ProtobufFormatException {
        if (Double.longBitsToDouble(bits) < 0) {
            throw fields.error("a histogram with a count of " + Double.longBitsToDouble(bits) + " (expected: >= 0)");
        }
    }

    private void clear() {
        count = 0;
        countFloat = 0;
        sum = 0;
        schema = 0;
        zeroThreshold = 0;
        zeroCount = 0;
        zeroCountFloat = 0;
        start = 0;
        buckets = false;
        exemplars = false;
        negative.clear();
        positive.clear();
    }
}
