package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Buckets;

/**
 * The buckets of one side of a native histogram as a message has them, and without those that are empty, as Prometheus
 * stores them. Used again and again; not thread-safe.
 */
final class BucketSide {
    private static final int OFFSET = 0x08;
    private static final int LENGTH = 0x10;

    /**
     * As many buckets as a side may have, and as many spans: more than any client makes, so that a page of lies does not
     * become many times its size.
     */
    private static final int MOST = 1 << 16;

    private final Fields fields;
    private final Longs offsets = new Longs();
    private final Longs lengths = new Longs();
    private final Longs deltas = new Longs();
    private final Longs counts = new Longs();

    /* What is made of them. */
    private final Longs spanOffsets = new Longs();
    private final Longs spanLengths = new Longs();
    private final Longs values = new Longs();
    private long spanStart;
    private long spanEnd;
    private long last;
    private long total;

    BucketSide(byte[] bytes) {
        fields = new Fields(bytes);
    }

    void clear() {
        offsets.clear();
        lengths.clear();
        deltas.clear();
        counts.clear();
    }

    boolean hasSpans() {
        return offsets.size() > 0;
    }

    boolean hasDeltas() {
        return deltas.size() > 0;
    }

    boolean hasCounts() {
        return counts.size() > 0;
    }

    /** Takes the span in a range. */
    void span(int from, int to) throws ProtobufFormatException {
        long offset = 0;
        long length = 0;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case OFFSET -> offset = (int) Fields.signed(fields.number() & 0xffff_ffffL);
                case LENGTH -> length = fields.number() & 0xffff_ffffL;
                default -> {
                    // A field of a later version.
                }
            }
        }
        add(offsets, offset);
        add(lengths, length);
    }

    /** Takes the difference of a bucket to the one before. */
    void delta(long number) throws ProtobufFormatException {
        add(deltas, number);
    }

    /** Takes the count of a bucket, as the raw bits of a double. */
    void count(long bits) throws ProtobufFormatException {
        add(counts, Nan.ofOther(bits));
    }

    /** Takes the differences in a range. */
    void deltas(int from, int to) throws ProtobufFormatException {
        fields.over(from, to);
        while (!fields.atEnd()) {
            delta(Fields.signed(fields.varint()));
        }
    }

    /** Takes the counts in a range. */
    void counts(int from, int to) throws ProtobufFormatException {
        fields.over(from, to);
        while (!fields.atEnd()) {
            count(fields.fixed64());
        }
    }

    /**
     * The buckets that are not empty, in spans that are as long as they can be.
     *
     * @param floating whether counts count, and not differences
     * @param halvings how many times two neighbours are made one
     * @throws ProtobufFormatException if they contradict themselves
     */
    Buckets buckets(boolean floating, int halvings) throws ProtobufFormatException {
        checkSpans(floating ? counts.size() : deltas.size());
        spanOffsets.clear();
        spanLengths.clear();
        values.clear();
        spanEnd = 0;
        last = 0;
        total = 0;
        if (floating) {
            addCounts(halvings);
        } else {
            addDeltas(halvings);
        }
        closeSpan();
        return values.size() == 0
                ? Buckets.NONE
                : new Buckets(spanOffsets.toInts(), spanLengths.toInts(), values.toArray());
    }

    /** The number of observations in the buckets that were made last, of differences. */
    long total() {
        return total;
    }

    private void checkSpans(int buckets) throws ProtobufFormatException {
        long all = 0;
        for (int i = 0; i < offsets.size(); i++) {
            if (i > 0 && offsets.get(i) < 0) {
                throw error("a span with an offset of " + offsets.get(i) + " (expected: >= 0 behind the first)");
            }
            all += lengths.get(i);
        }
        if (all != buckets) {
            throw error("spans of " + all + " buckets, and " + buckets + " buckets (expected: as many)");
        }
    }

    private void addCounts(int halvings) throws ProtobufFormatException {
        long index = 0;
        long pending = 0;
        double sum = 0;
        int bucket = 0;
        for (int span = 0; span < offsets.size(); span++) {
            index += offsets.get(span);
            for (long end = index + lengths.get(span); index < end; index++) {
                double count = Double.longBitsToDouble(counts.get(bucket++));
                if (count < 0) {
                    throw error("a bucket with a count of " + count + " (expected: >= 0)");
                }
                long target = halved(index, halvings);
                if (target != pending) {
                    emitCount(pending, sum);
                    pending = target;
                    sum = 0;
                }
                sum += count;
            }
        }
        emitCount(pending, sum);
    }

    private void emitCount(long index, double count) throws ProtobufFormatException {
        if (count != 0) {
            emit(index, Nan.ofOther(Double.doubleToRawLongBits(count)));
        }
    }

    private void addDeltas(int halvings) throws ProtobufFormatException {
        long index = 0;
        long pending = 0;
        long sum = 0;
        long count = 0;
        int bucket = 0;
        for (int span = 0; span < offsets.size(); span++) {
            index += offsets.get(span);
            for (long end = index + lengths.get(span); index < end; index++) {
                long delta = deltas.get(bucket++);
                if (delta > Long.MAX_VALUE - count || count + delta < 0) {
                    throw error("a bucket with a count of " + count + " and " + delta + " (expected: >= 0)");
                }
                count += delta;
                if (count > Long.MAX_VALUE - total) {
                    throw error("buckets with more than 2^63 observations (expected: fewer)");
                }
                total += count;
                long target = halved(index, halvings);
                if (target != pending) {
                    emitDelta(pending, sum);
                    pending = target;
                    sum = 0;
                }
                sum += count;
            }
        }
        emitDelta(pending, sum);
    }

    private void emitDelta(long index, long count) throws ProtobufFormatException {
        if (count != 0) {
            emit(index, count - last);
            last = count;
        }
    }

    private void emit(long index, long value) throws ProtobufFormatException {
        if (index != (int) index) {
            throw error("a bucket at index " + index + " (expected: one of 32 bits)");
        }
        if (values.size() == 0) {
            spanOffsets.add(index);
            spanStart = index;
        } else if (index != spanEnd) {
            closeSpan();
            spanOffsets.add(index - spanEnd);
            spanStart = index;
        }
        spanEnd = index + 1;
        values.add(value);
    }

    private void closeSpan() {
        if (values.size() > 0) {
            spanLengths.add(spanEnd - spanStart);
        }
    }

    /* Bucket i of a schema lies in bucket ceil(i / 2) of the next coarser one. */
    private static long halved(long index, int times) {
        return ((index - 1) >> times) + 1;
    }

    private void add(Longs column, long value) throws ProtobufFormatException {
        if (column.size() == MOST) {
            throw error("a histogram of more than " + MOST + " buckets or spans (expected: fewer)");
        }
        column.add(value);
    }

    private ProtobufFormatException error(String what) {
        return fields.error(what);
    }
}
