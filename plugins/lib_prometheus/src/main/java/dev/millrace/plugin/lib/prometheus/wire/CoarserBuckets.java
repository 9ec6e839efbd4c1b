package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Buckets;

/**
 * Buckets of a schema as those of one that is coarser by some steps.
 *
 * <p>The bucket of index {@code i} goes into that of {@code ((i - 1) >> steps) + 1}, whose count is the sum ("Native
 * Histograms", "Exponential schemas"). Used once.
 */
final class CoarserBuckets {
    private final Buckets fine;
    private final int steps;
    private final boolean floating;
    private final Longs offsets = new Longs();
    private final Longs lengths = new Longs();
    private final Longs counts = new Longs();
    private long last;

    private CoarserBuckets(Buckets fine, int steps, boolean floating) {
        this.fine = fine;
        this.steps = steps;
        this.floating = floating;
    }

    /** The same buckets where {@code steps} is 0. */
    static Buckets of(Buckets fine, int steps, boolean floating) {
        return steps == 0 || fine.size() == 0 ? fine : new CoarserBuckets(fine, steps, floating).buckets();
    }

    private Buckets buckets() {
        long index = 0;
        long count = 0;
        int bucket = 0;
        for (int span = 0; span < fine.spans(); span++) {
            index += fine.offset(span);
            for (int i = 0; i < fine.length(span); i++) {
                long value = fine.value(bucket++);
                count = floating ? value : count + value;
                add(((index++ - 1) >> steps) + 1, count);
            }
        }
        long[] values = counts.toArray();
        for (int i = values.length - 1; i > 0 && !floating; i--) {
            values[i] -= values[i - 1];
        }
        return new Buckets(offsets.toInts(), lengths.toInts(), values);
    }

    private void add(long index, long count) {
        int newest = counts.size() - 1;
        if (newest >= 0 && index == last) {
            counts.set(newest, floating ? sum(counts.get(newest), count) : counts.get(newest) + count);
            return;
        }
        if (newest >= 0 && index == last + 1) {
            lengths.set(lengths.size() - 1, lengths.get(lengths.size() - 1) + 1);
        } else {
            offsets.add(newest < 0 ? index : index - last - 1);
            lengths.add(1);
        }
        counts.add(count);
        last = index;
    }

    private static long sum(long bits, long otherBits) {
        return Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + Double.longBitsToDouble(otherBits));
    }
}
