package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.spi.event.Buckets;

/**
 * Makes the buckets of a native histogram from counts by index, which rise. Empty buckets between others become part of a
 * span where they are two at most, as Prometheus' own clients do. Used once.
 */
final class SpanColumns {
    private static final long WIDEST_GAP = 2;

    private final Longs offsets = new Longs();
    private final Longs lengths = new Longs();
    private final Longs differences = new Longs();
    private long next;
    private long before;

    /** Adds a count to the bucket of an index, which is not smaller than the last one. */
    void add(long index, long count) {
        if (count == 0) {
            return;
        }
        if (differences.size() > 0 && index == next - 1) {
            int last = differences.size() - 1;
            differences.set(last, differences.get(last) + count);
            before += count;
            return;
        }
        if (differences.size() == 0 || index - next > WIDEST_GAP) {
            offsets.add(index - (differences.size() == 0 ? 0 : next));
            lengths.add(0);
        } else {
            for (; next < index; next++) {
                append(0);
            }
        }
        append(count);
        next = index + 1;
    }

    Buckets buckets() {
        return differences.size() == 0
                ? Buckets.NONE
                : new Buckets(offsets.toInts(), lengths.toInts(), differences.toArray());
    }

    private void append(long count) {
        differences.add(count - before);
        before = count;
        int span = lengths.size() - 1;
        lengths.set(span, lengths.get(span) + 1);
    }
}
