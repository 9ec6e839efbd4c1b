package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoarserBucketsTest {
    @Test
    void mergeNeighbours() {
        // indexes 1, 2, 3 and 7 with counts 1, 3, 6 and 2 become 1, 2 and 4
        Buckets fine = new Buckets(new int[] {1, 3}, new int[] {3, 1}, new long[] {1, 2, 3, -4});
        assertThat(CoarserBuckets.of(fine, 1, false))
                .isEqualTo(new Buckets(new int[] {1, 1}, new int[] {2, 1}, new long[] {4, 2, -4}));
        assertThat(CoarserBuckets.of(fine, 0, false)).isSameAs(fine);
        assertThat(CoarserBuckets.of(Buckets.NONE, 44, true)).isSameAs(Buckets.NONE);
    }

    @Test
    void haveTheCountsOfTheFineOnes() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Buckets fine = random(random);
            int steps = 1 + random.nextInt(44);
            Map<Long, Long> expected = new TreeMap<>();
            counts(fine).forEach((index, count) -> expected.merge(((index - 1) >> steps) + 1, count, Long::sum));
            assertThat(counts(CoarserBuckets.of(fine, steps, false)))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
            assertThat(floats(CoarserBuckets.of(floating(fine), steps, true)))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
        }
    }

    private static Buckets random(Random random) {
        int[] offsets = random.ints(1 + random.nextInt(4), 0, 200).toArray();
        offsets[0] -= 100;
        int[] lengths = random.ints(offsets.length, 1, 5).toArray();
        return new Buckets(
                offsets,
                lengths,
                random.longs(Arrays.stream(lengths).sum(), 0, 9).toArray());
    }

    private static Buckets floating(Buckets deltas) {
        return new Buckets(
                indexes(deltas.spans(), deltas::offset),
                indexes(deltas.spans(), deltas::length),
                counts(deltas).values().stream()
                        .mapToLong(count -> Double.doubleToRawLongBits(count))
                        .toArray());
    }

    private static int[] indexes(int size, IntUnaryOperator column) {
        return IntStream.range(0, size).map(column).toArray();
    }

    private static Map<Long, Long> counts(Buckets buckets) {
        Map<Long, Long> counts = new TreeMap<>();
        long index = 0;
        long count = 0;
        int bucket = 0;
        for (int span = 0; span < buckets.spans(); span++) {
            index += buckets.offset(span);
            for (int i = 0; i < buckets.length(span); i++) {
                count += buckets.value(bucket++);
                counts.put(index++, count);
            }
        }
        return counts;
    }

    private static Map<Long, Long> floats(Buckets buckets) {
        Map<Long, Long> counts = new TreeMap<>();
        long index = 0;
        int bucket = 0;
        for (int span = 0; span < buckets.spans(); span++) {
            index += buckets.offset(span);
            for (int i = 0; i < buckets.length(span); i++) {
                counts.put(index++, (long) Double.longBitsToDouble(buckets.value(bucket++)));
            }
        }
        return counts;
    }
}
