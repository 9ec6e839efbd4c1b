package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabelRuleTest {
    private static final Labels A = Labels.of("__name__", "a");
    private static final Labels B = Labels.of("__name__", "b");
    private static final Labels C = Labels.of("__name__", "c");
    private static final LabelRule WITHOUT_B =
            labels -> labels.equals(B) ? null : labels.toBuilder().set("x", "1").build();

    @Test
    void givesTheSameBatchWhereNothingChanges() {
        MetricBatch batch = MetricBatch.builder(1).add(A, 1, 2).build();
        LabelRule nothing = labels -> labels;
        assertThat(nothing.to(batch)).isSameAs(batch);
        LabelRule equal = labels -> labels.toBuilder().build();
        assertThat(equal.to(batch)).isSameAs(batch);
    }

    @Test
    void takesRowsOutOfAllColumns() {
        NativeHistogram histogram = new NativeHistogram(
                false,
                0,
                MetricBatch.STALE_NAN,
                0,
                0,
                0,
                Buckets.NONE,
                Buckets.NONE,
                NativeHistogram.ResetHint.UNKNOWN,
                List.of());
        Metadata described = new Metadata("c", MetricType.COUNTER, "help", "");
        List<Exemplar> exemplars = List.of(new Exemplar(Labels.of("trace_id", "t"), 5, 6));
        MetricBatch batch = MetricBatch.builder(3)
                .add(B, 1, 10)
                .startTimestamp(100)
                .add(A, 2, histogram)
                .startTimestamp(200)
                .add(C, 3, MetricBatch.STALE_NAN)
                .exemplars(exemplars)
                .metadata(described)
                .build();
        MetricBatch result = (MetricBatch) WITHOUT_B.to(batch);
        assertThat(result.size()).isEqualTo(2);
        assertThat(result.labels(0)).isEqualTo(Labels.of("__name__", "a", "x", "1"));
        assertThat(result.timestamp(0)).isEqualTo(2);
        assertThat(result.startTimestamp(0)).isEqualTo(200);
        assertThat(result.histogram(0)).isSameAs(histogram);
        assertThat(result.exemplars(0)).isEmpty();
        assertThat(result.metadata(0)).isNull();
        assertThat(result.labels(1)).isEqualTo(Labels.of("__name__", "c", "x", "1"));
        assertThat(result.valueBits(1)).isEqualTo(MetricBatch.STALE_NAN);
        assertThat(result.histogram(1)).isNull();
        assertThat(result.exemplars(1)).isEqualTo(exemplars);
        assertThat(result.metadata(1)).isEqualTo(described);
    }

    @Test
    void keepsTheOneTimeOfAPage() {
        MetricBatch page = MetricBatch.builder(2)
                .add(A, 0, 0)
                .add(B, 0, 0)
                .build()
                .series()
                .at(77, new long[] {1, 2});
        MetricBatch result = (MetricBatch) WITHOUT_B.to(page);
        assertThat(result.size()).isOne();
        assertThat(result.timestamp(0)).isEqualTo(77);
        assertThat(result.valueBits(0)).isOne();
    }

    @Test
    void leavesNothingWhereAllRowsGo() {
        LabelRule none = labels -> null;
        assertThat(none.to(MetricBatch.builder(1).add(A, 1, 2).build()).size()).isZero();
        assertThat(none.to(logs(A)).size()).isZero();
    }

    @Test
    void changesTheResourceOfLogs() {
        LogBatch changed = (LogBatch) WITHOUT_B.to(logs(A));
        assertThat(changed.resource()).isEqualTo(Labels.of("__name__", "a", "x", "1"));
        assertThat(changed.rows()).isEqualTo(logs(A).rows());
    }

    private static LogBatch logs(Labels resource) {
        Value.Mapping none = new Value.Mapping(Map.of());
        return new LogBatch(
                resource, List.of(new LogBatch.Row(1, 1, 0, "", new Value.Text("line"), none, SpanId.NONE)));
    }
}
