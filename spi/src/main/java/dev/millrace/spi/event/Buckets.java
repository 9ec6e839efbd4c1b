package dev.millrace.spi.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buckets of one side of a native histogram: spans of neighbours, and a number for each bucket. Immutable. */
public final class Buckets {
    /** No buckets. */
    public static final Buckets NONE = new Buckets(new int[0], new int[0], new long[0]);

    private final int[] offsets;
    private final int[] lengths;
    private final long[] values;

    /**
     * Buckets of copied columns.
     *
     * @param offsets for each span the gap to the span before; for the first the index of its first bucket
     * @param lengths for each span the number of its buckets
     * @param values for each bucket its difference to the one before, or the raw bits of its count
     * @throws IllegalArgumentException if the columns do not fit together
     */
    public Buckets(int[] offsets, int[] lengths, long[] values) {
        long buckets = Arrays.stream(lengths).asLongStream().sum();
        if (offsets.length != lengths.length || buckets != values.length) {
            throw new IllegalArgumentException("buckets: " + offsets.length + " offsets, " + lengths.length
                    + " lengths of " + buckets + " buckets, " + values.length + " values (expected: the same)");
        }
        this.offsets = offsets.clone();
        this.lengths = lengths.clone();
        this.values = values.clone();
    }

    /** The number of spans. */
    public int spans() {
        return offsets.length;
    }

    /** The gap before a span. */
    public int offset(int span) {
        return offsets[span];
    }

    /** The number of buckets in a span. */
    public int length(int span) {
        return lengths[span];
    }

    /** The number of buckets. */
    public int size() {
        return values.length;
    }

    /** The number of a bucket: a difference, or the raw bits of a count. */
    public long value(int bucket) {
        return values[bucket];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Buckets that
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(lengths, that.lengths)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(offsets) + Arrays.hashCode(lengths)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Buckets[offsets=" + Arrays.toString(offsets) + ", lengths=" + Arrays.toString(lengths) + ", values="
                + Arrays.toString(values) + "]";
    }
}
