package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.spi.event.Buckets;
import java.util.Arrays;

/** The buckets of one side of an exponential histogram: counts of neighbours from an index on. Used again for each. */
final class ExponentialSide {
    private static final int OFFSET = 1 << 3;
    private static final int COUNTS = 2 << 3 | 2;
    private static final int ONE_COUNT = 2 << 3;
    private static final int WIDEST_STEP = 31;

    private final Fields fields;
    private final Numbers numbers;
    private final Longs counts = new Longs();
    private long offset;

    ExponentialSide(byte[] bytes) {
        fields = new Fields(bytes);
        numbers = new Numbers(bytes);
    }

    void clear() {
        counts.clear();
        offset = 0;
    }

    /** Reads the message that a cursor has just read. */
    void read(Fields field) throws ProtobufFormatException {
        fields.over(field.start(), field.end());
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case OFFSET -> offset = (int) fields.signed();
                case COUNTS -> numbers.varints(fields, counts);
                case ONE_COUNT -> counts.add(fields.number());
                default -> {}
            }
        }
    }

    /** The index of the first bucket. */
    long offset() {
        return offset;
    }

    /** The counts, from the first bucket on. */
    Longs counts() {
        return counts;
    }

    /** Puts others in their place. */
    void set(long first, long[] values) {
        offset = first;
        counts.clear();
        for (long value : values) {
            counts.add(value);
        }
    }

    /** Puts those of another in their place. */
    void set(ExponentialSide other) {
        set(other.offset, other.counts.toArray());
    }

    /** The index of the last bucket. */
    long last() {
        return offset + counts.size() - 1;
    }

    /** The sum of all counts, or -1 where that is no number. */
    long total() {
        long total = 0;
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            if (count < 0 || count > Long.MAX_VALUE - total) {
                return -1;
            }
            total += count;
        }
        return total;
    }

    /** Adds the counts of another, which is of the same scale. */
    void add(ExponentialSide other) {
        if (other.counts.size() == 0) {
            return;
        }
        if (counts.size() == 0) {
            set(other);
            return;
        }
        long first = Math.min(offset, other.offset);
        long[] all = new long[(int) (Math.max(last(), other.last()) - first + 1)];
        for (int i = 0; i < counts.size(); i++) {
            all[(int) (offset - first) + i] += counts.get(i);
        }
        for (int i = 0; i < other.counts.size(); i++) {
            all[(int) (other.offset - first) + i] += other.counts.get(i);
        }
        set(first, all);
    }

    /** The upper bound of the bucket that holds a threshold, or 0 where all filled buckets are above. */
    double reach(double threshold, int scale) {
        double reach = 0;
        for (int i = 0; i < counts.size() && bound(offset + i, scale) < threshold; i++) {
            reach = counts.get(i) == 0 ? reach : bound(offset + i + 1, scale);
        }
        return reach;
    }

    /** Takes out the buckets that begin below a threshold, and returns the sum of their counts. */
    long takeBelow(double threshold, int scale) {
        long taken = 0;
        int size = 0;
        for (; size < counts.size() && bound(offset + size, scale) < threshold; size++) {
            taken += counts.get(size);
        }
        set(offset + size, Arrays.copyOfRange(counts.toArray(), size, counts.size()));
        return taken;
    }

    /* The lower bound of a bucket. */
    private static double bound(long index, int scale) {
        return Math.pow(2, Math.scalb((double) index, -scale));
    }

    boolean fits() {
        return offset + counts.size() < Integer.MAX_VALUE && offset > Integer.MIN_VALUE;
    }

    /** Adds the counts of 2^steps neighbours. */
    void coarsen(int steps) {
        int by = Math.min(steps, WIDEST_STEP);
        long first = offset >> by;
        int size = 0;
        for (int i = 0; i < counts.size(); i++) {
            int at = (int) ((offset + i >> by) - first);
            if (at == size) {
                counts.set(size++, counts.get(i));
            } else {
                counts.set(at, counts.get(at) + counts.get(i));
            }
        }
        counts.truncate(size);
        offset = first;
    }

    /** As the buckets of a native histogram, whose indexes are one higher. */
    Buckets buckets() {
        SpanColumns columns = new SpanColumns();
        for (int i = 0; i < counts.size(); i++) {
            columns.add(offset + i + 1, counts.get(i));
        }
        return columns.buckets();
    }
}
