package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.spi.BodyBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the deltas of a stream have added up to.
 *
 * <p>A delta that is not newer than the last one is out of order. The exception is one of the same time in a later request:
 * it is the same delta again, of a client that got no answer, and gives the sum that it is in already.
 *
 * <pre>
 *   fixed64  since when it counts, in nanoseconds since the epoch     fixed64  the time of its last delta, as well
 *   fixed64  when that came, in milliseconds since the epoch          fixed64  the sum, the bits of a double
 *   varint   the count                                                varint   how many buckets; varint each
 *   varint   1 where it is an exponential histogram:
 *     fixed64  the bits of its sum   varint   count        varint   scale + 64   varint  zero count
 *     fixed64  zero threshold        for the positive, then the negative side:
 *       fixed64  the index of the first bucket    varint  how many; varint each
 * </pre>
 */
final class DeltaStream {

    /** Largest number of bytes without buckets, and with the identity. */
    static final int FIXED_BYTES = 75;

    private static final int SCALE_SHIFT = 64;
    private static final int COARSEST = -4;

    private long start;
    private long last;
    private long seen;
    private long sum;
    private long count;
    private long[] buckets = {};
    private @Nullable ExponentialValue exponential;
    private final long now;
    private boolean isNew = true;
    private boolean touched;
    private boolean repeated;

    DeltaStream(long now) {
        this.now = now;
        this.seen = now;
    }

    /** Begins to add a point, which counts since the stream began from now on; or says why it cannot be added. */
    @Nullable
    Rejection begin(PointHead head) {
        if (isNew) {
            start = head.start;
            isNew = false;
        } else if (head.start != 0 && Long.compareUnsigned(head.start, start) < 0) {
            return Rejection.OLDER_START;
        } else {
            repeated = head.time == last && !touched;
            if (!repeated && Long.compareUnsigned(head.time, last) <= 0) {
                return Rejection.OUT_OF_ORDER;
            }
        }
        touched = true;
        last = head.time;
        seen = now;
        head.start = start;
        return null;
    }

    /** Adds a number, the bits of a double, and returns those of the sum. */
    long number(long bits) {
        if (!repeated) {
            sum = Double.doubleToRawLongBits(Double.longBitsToDouble(sum) + Double.longBitsToDouble(bits));
        }
        return sum;
    }

    /** Adds to the count, and returns it. */
    long count(long number) {
        count += repeated ? 0 : number;
        return count;
    }

    /** Adds the counts of buckets, which become the sums. */
    void buckets(Longs counts) {
        if (buckets.length != counts.size()) {
            buckets = new long[counts.size()];
        }
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += repeated ? 0 : counts.get(i);
            counts.set(i, buckets[i]);
        }
    }

    /** Adds an exponential histogram, which becomes the sum; or says why it cannot be added. */
    @Nullable
    Rejection exponential(ExponentialValue point) {
        ExponentialValue known = exponential;
        if (known == null) {
            known = new ExponentialValue(new byte[0]);
            known.set(point);
            exponential = known;
        } else if (!repeated && !known.add(point, COARSEST)) {
            return Rejection.SCALE;
        }
        point.set(known);
        return null;
    }

    /** When the last delta came, in milliseconds since the epoch. */
    long seen() {
        return seen;
    }

    /** How many bytes it may take. */
    int largestSize() {
        return FIXED_BYTES + 10 * (exponential == null ? buckets.length : ExponentialValue.MOST_NUMBERS);
    }

    static DeltaStream read(Fields fields, long now) throws ProtobufFormatException {
        DeltaStream stream = new DeltaStream(now);
        stream.isNew = false;
        stream.start = fields.fixed64();
        stream.last = fields.fixed64();
        stream.seen = fields.fixed64();
        stream.sum = fields.fixed64();
        stream.count = fields.varint();
        stream.buckets = longs(fields);
        if (fields.varint() != 0) {
            ExponentialValue value = new ExponentialValue(new byte[0]);
            value.sum = fields.fixed64();
            value.count = fields.varint();
            value.scale = (int) fields.varint() - SCALE_SHIFT;
            value.zeroCount = fields.varint();
            value.zeroThreshold = Double.longBitsToDouble(fields.fixed64());
            value.positive.set(fields.fixed64(), longs(fields));
            value.negative.set(fields.fixed64(), longs(fields));
            stream.exponential = value;
        }
        return stream;
    }

    void write(BodyBuffer out) {
        StateBytes.fixed64(out, start);
        StateBytes.fixed64(out, last);
        StateBytes.fixed64(out, seen);
        StateBytes.fixed64(out, sum);
        StateBytes.varint(out, count);
        longs(out, buckets);
        ExponentialValue value = exponential;
        StateBytes.varint(out, value == null ? 0 : 1);
        if (value != null) {
            StateBytes.fixed64(out, value.sum);
            StateBytes.varint(out, value.count);
            StateBytes.varint(out, value.scale + SCALE_SHIFT);
            StateBytes.varint(out, value.zeroCount);
            StateBytes.fixed64(out, Double.doubleToRawLongBits(value.zeroThreshold));
            side(out, value.positive);
            side(out, value.negative);
        }
    }

    private static void side(BodyBuffer out, ExponentialSide side) {
        StateBytes.fixed64(out, side.offset());
        longs(out, side.counts().toArray());
    }

    private static void longs(BodyBuffer out, long[] values) {
        StateBytes.varint(out, values.length);
        for (long value : values) {
            StateBytes.varint(out, value);
        }
    }

    private static long[] longs(Fields fields) throws ProtobufFormatException {
        long[] values = new long[(int) fields.varint()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.varint();
        }
        return values;
    }
}
