package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TimeOrderTest {
    @Test
    void hasNoOrderWhereRowsAreSorted() {
        assertThat(TimeOrder.of(new long[] {1, 1, 2, 5})).isNull();
        assertThat(TimeOrder.of(new long[] {1})).isNull();
    }

    @Test
    void sortsAsAStableSortDoes() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("TimeOrderTest: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long[] times = random.longs(2 + random.nextInt(100), 0, 20).toArray();
            int[] expected = IntStream.range(0, times.length)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> times[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] order = TimeOrder.of(times);
            assertThat(order == null ? IntStream.range(0, times.length).toArray() : order)
                    .as("order of %s", Arrays.toString(times))
                    .isEqualTo(expected);
        }
    }
}
