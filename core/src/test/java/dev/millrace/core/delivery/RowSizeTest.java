package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowSizeTest {
    /* Each bucket in a span of its own. */
    private static int size(boolean floating, int buckets, List<Double> bounds) {
        int[] ones = new int[buckets];
        Arrays.fill(ones, 1);
        Buckets side = new Buckets(ones, ones, new long[buckets]);
        NativeHistogram histogram = new NativeHistogram(floating, 0, 0, 0, 0, 0, side, side, ResetHint.UNKNOWN, bounds);
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of("__name__", "h"), 0, histogram)
                .build();
        return RowSize.of(batch, 0);
    }

    @Test
    void countsSpansBucketsAndBoundsOfHistograms() {
        assertThat(size(true, 1000, List.of()) - size(true, 0, List.of())).isGreaterThanOrEqualTo(2 * 1000 * (8 + 6));
        assertThat(size(false, 1000, List.of()) - size(false, 0, List.of())).isGreaterThanOrEqualTo(2 * 1000 * (1 + 6));
        assertThat(size(true, 0, List.of(1.0, 2.0)) - size(true, 0, List.of())).isEqualTo(16);
    }
}
