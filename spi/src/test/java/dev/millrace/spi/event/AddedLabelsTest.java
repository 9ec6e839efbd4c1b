package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AddedLabelsTest {
    private final AddedLabels added = new AddedLabels(Labels.of("cluster", "a", "zone", "b"));

    @Test
    void addsWhatASeriesDoesNotHave() {
        assertThat(added.apply(Labels.of("__name__", "up")))
                .isEqualTo(Labels.of("__name__", "up", "cluster", "a", "zone", "b"));
        assertThat(added.apply(Labels.of("__name__", "up", "zone", "own")))
                .isEqualTo(Labels.of("__name__", "up", "cluster", "a", "zone", "own"));
        assertThat(added.apply(Labels.EMPTY)).isEqualTo(Labels.of("cluster", "a", "zone", "b"));
    }

    @Test
    void makesTheLabelsOfASeriesOnce() {
        Labels series = Labels.of("__name__", "up");
        AddedLabels other = new AddedLabels(Labels.of("cluster", "other"));
        Labels first = added.apply(series);

        assertThat(added.apply(series)).isSameAs(first);
        assertThat(other.apply(series).get("cluster")).isEqualTo("other");
        assertThat(added.apply(series)).isEqualTo(first);
    }

    @Test
    void keepsAllOtherColumns() {
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of("__name__", "a"), 1, MetricBatch.STALE_NAN)
                .startTimestamp(7)
                .add(Labels.of("__name__", "b"), 2, 5)
                .exemplars(List.of(new Exemplar(Labels.of("trace_id", "1"), 3, 4)))
                .metadata(new Metadata("b", MetricType.GAUGE, "help", "unit"))
                .build();

        MetricBatch tagged = (MetricBatch) added.to(batch);

        assertThat(tagged.size()).isEqualTo(2);
        assertThat(tagged.labels(0).get("zone")).isEqualTo("b");
        assertThat(tagged.timestamp(1)).isEqualTo(2);
        assertThat(tagged.valueBits(0)).isEqualTo(MetricBatch.STALE_NAN);
        assertThat(tagged.startTimestamp(0)).isEqualTo(7);
        assertThat(tagged.exemplars(1)).isEqualTo(batch.exemplars(1));
        assertThat(tagged.metadata(1)).isEqualTo(batch.metadata(1));
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "a"));
    }

    @Test
    void logsAndSpansGetThemOnTheirResource() {
        assertThat(((LogBatch) added.to(new LogBatch(Labels.EMPTY, List.of())))
                        .resource()
                        .get("zone"))
                .isEqualTo("b");
        assertThat(((SpanBatch) added.to(new SpanBatch(Labels.EMPTY, List.of())))
                        .resource()
                        .get("zone"))
                .isEqualTo("b");
    }
}
