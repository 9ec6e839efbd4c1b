package dev.millrace.core.journal;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.ArrayList;
import java.util.List;

/**
 * A native histogram in a payload. Its sum is the value of its row.
 *
 * <pre>
 *   byte    reset hint * 2, + 1 where counts are doubles
 *   number  count: a signed varint, or a {@link RealColumn} where counts are doubles
 *   signed  schema
 *   real    zero threshold
 *   number  zero count
 *   buckets negative, then positive:
 *             varint spans; for each: signed offset, varint length
 *             for each bucket: number
 *   varint  custom values; for each: real
 * </pre>
 */
@SuppressWarnings("EnumOrdinal") // the ordinals of reset hints are a protocol's numbers, and settled
final class HistogramPayload {
    private static final ResetHint[] HINTS = ResetHint.values();

    private HistogramPayload() {}

    static void write(PayloadOutput out, NativeHistogram histogram) {
        boolean floating = histogram.floating();
        out.writeByte(2 * histogram.resetHint().ordinal() + (floating ? 1 : 0));
        writeNumber(out, histogram.count(), floating);
        out.writeSigned(histogram.schema());
        RealColumn.write(out, Double.doubleToRawLongBits(histogram.zeroThreshold()));
        writeNumber(out, histogram.zeroCount(), floating);
        writeBuckets(out, histogram.negative(), floating);
        writeBuckets(out, histogram.positive(), floating);
        out.writeVarint(histogram.customValues().size());
        for (double bound : histogram.customValues()) {
            RealColumn.write(out, Double.doubleToRawLongBits(bound));
        }
    }

    static NativeHistogram read(PayloadInput in, long sumBits) throws MalformedPayloadException {
        int flags = in.readByte();
        if (flags / 2 >= HINTS.length) {
            throw new MalformedPayloadException("a reset hint is " + flags / 2);
        }
        boolean floating = (flags & 1) != 0;
        long count = readNumber(in, floating);
        int schema = (int) in.readSigned();
        double zeroThreshold = Double.longBitsToDouble(RealColumn.read(in));
        long zeroCount = readNumber(in, floating);
        Buckets negative = readBuckets(in, floating);
        Buckets positive = readBuckets(in, floating);
        List<Double> bounds = new ArrayList<>();
        for (int left = in.readCount(1); left > 0; left--) {
            bounds.add(Double.longBitsToDouble(RealColumn.read(in)));
        }
        return new NativeHistogram(
                floating,
                count,
                sumBits,
                schema,
                zeroThreshold,
                zeroCount,
                negative,
                positive,
                HINTS[flags / 2],
                bounds);
    }

    private static void writeBuckets(PayloadOutput out, Buckets buckets, boolean floating) {
        out.writeVarint(buckets.spans());
        for (int span = 0; span < buckets.spans(); span++) {
            out.writeSigned(buckets.offset(span));
            out.writeVarint(buckets.length(span));
        }
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            writeNumber(out, buckets.value(bucket), floating);
        }
    }

    private static Buckets readBuckets(PayloadInput in, boolean floating) throws MalformedPayloadException {
        int spans = in.readCount(2);
        if (spans == 0) {
            return Buckets.NONE;
        }
        int[] offsets = new int[spans];
        int[] lengths = new int[spans];
        long total = 0;
        for (int span = 0; span < spans; span++) {
            offsets[span] = (int) in.readSigned();
            lengths[span] = in.readCount(1);
            total += lengths[span];
        }
        in.require(total);
        long[] values = new long[(int) total];
        for (int bucket = 0; bucket < values.length; bucket++) {
            values[bucket] = readNumber(in, floating);
        }
        return new Buckets(offsets, lengths, values);
    }

    private static void writeNumber(PayloadOutput out, long number, boolean floating) {
        if (floating) {
            RealColumn.write(out, number);
        } else {
            out.writeSigned(number);
        }
    }

    private static long readNumber(PayloadInput in, boolean floating) throws MalformedPayloadException {
        return floating ? RealColumn.read(in) : in.readSigned();
    }
}
