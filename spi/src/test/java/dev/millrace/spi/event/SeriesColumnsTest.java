package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SeriesColumnsTest {
    private final Labels one = Labels.of("__name__", "one");
    private final Labels two = Labels.of("__name__", "two");
    private final Metadata known = new Metadata("one", MetricType.GAUGE, "One.", "");
    private final SeriesColumns series = MetricBatch.builder(2)
            .add(one, 1000, 5)
            .metadata(known)
            .add(two, 1001, 6)
            .build()
            .series();

    @Test
    void makesABatchOfTheSameSeriesAtAnotherTime() {
        MetricBatch batch = series.at(2000, new long[] {7, 8});
        assertThat(batch.size()).isEqualTo(series.size()).isEqualTo(2);
        assertThat(batch.labels(1)).isSameAs(two);
        assertThat(batch.metadata(0)).isEqualTo(known);
        assertThat(batch.metadata(1)).isNull();
        assertThat(batch.timestamp(0)).isEqualTo(2000);
        assertThat(batch.timestamp(1)).isEqualTo(2000);
        assertThat(batch.valueBits(0)).isEqualTo(7);
        assertThat(batch.valueBits(1)).isEqualTo(8);
        assertThat(batch.startTimestamp(0)).isZero();
        assertThat(batch.hasHistograms() || batch.hasExemplars()).isFalse();
    }

    @Test
    void keepsTheTimeWhenLabelsAreAdded() {
        MetricBatch batch = series.at(2000, new long[] {7, 8});
        MetricBatch more = MetricBatch.builder(1).add(batch, 1).build();
        assertThat(more.timestamp(0)).isEqualTo(2000);
        assertThat(batch.with(new AddedLabels(Labels.of("site", "a"))).timestamp(1))
                .isEqualTo(2000);
    }

    @Test
    void refusesAnotherNumberOfValues() {
        assertThatThrownBy(() -> series.at(2000, new long[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values: 3 (expected: 2)");
    }
}
