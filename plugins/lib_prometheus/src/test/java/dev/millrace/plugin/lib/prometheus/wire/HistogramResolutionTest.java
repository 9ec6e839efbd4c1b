package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.NativeHistogram;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistogramResolutionTest {
    @ParameterizedTest
    @CsvSource({"65536, -4", "1000000, -4", "4, -1", "2, 0", "1.4, 1", "1.1, 2", "1.09, 3", "1.00271, 8", "1, 8"})
    void knowsTheSchemaOfAFactor(double factor, int schema) {
        assertThat(HistogramResolution.ofFactor(factor)).isEqualTo(schema);
    }

    @Test
    void joinsBuckets() {
        NativeHistogram fine = histogram(1, new Buckets(new int[] {1}, new int[] {4}, new long[] {1, 1, 1, 1}));

        NativeHistogram coarse = HistogramResolution.atMost(fine, 0);

        assertThat(coarse.schema()).isZero();
        assertThat(coarse.positive()).isEqualTo(new Buckets(new int[] {1}, new int[] {2}, new long[] {3, 4}));
        assertThat(HistogramResolution.buckets(coarse)).isEqualTo(2);
        assertThat(HistogramResolution.atMost(fine, 1)).isSameAs(fine);
    }

    private static NativeHistogram histogram(int schema, Buckets positive) {
        return new NativeHistogram(
                false, 10, 0, schema, 0, 0, Buckets.NONE, positive, NativeHistogram.ResetHint.UNKNOWN, List.of());
    }
}
