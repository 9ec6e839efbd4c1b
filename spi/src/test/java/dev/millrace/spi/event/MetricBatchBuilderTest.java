package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MetricBatchBuilderTest {
    private static final Labels A = Labels.of("__name__", "a");
    private static final Labels B = Labels.of("__name__", "b");
    private static final Metadata KNOWN = new Metadata("b", MetricType.GAUGE, "B", "");

    @Test
    void addsColumnsAsItAddsRows() {
        for (int room = 0; room < 40; room += 13) {
            MetricBatchBuilder rows = MetricBatch.builder(room).add(A, 1, 10);
            for (int i = 0; i < 9; i++) {
                rows.addAll(new Labels[] {A, B, A}, 2, new long[] {20, 21, 22}, new Metadata[] {null, KNOWN, null}, 2);
            }
            MetricBatch batch = rows.add(B, 3, 30).build();

            assertThat(batch.size()).isEqualTo(20);
            for (int i = 1; i < 19; i++) {
                boolean odd = i % 2 == 1;
                assertThat(batch.labels(i)).isSameAs(odd ? A : B);
                assertThat(batch.timestamp(i)).isEqualTo(2);
                assertThat(batch.valueBits(i)).isEqualTo(odd ? 20 : 21);
                assertThat(batch.metadata(i)).isSameAs(odd ? null : KNOWN);
            }
            assertThat(batch.labels(19)).isSameAs(B);
            assertThat(batch.metadata(19)).isNull();
            assertThat(batch.timestamp(0)).isEqualTo(1);
        }
    }

    @Test
    void hasNoColumnOfMetadataWhereNothingIsKnown() {
        MetricBatch batch = MetricBatch.builder(8)
                .addAll(new Labels[] {A, B}, 1, new long[] {1, 2}, new Metadata[2], 2)
                .build();

        assertThat(batch.hasMetadata()).isFalse();
    }

    @Test
    void forgetsRows() {
        MetricBatch batch = MetricBatch.builder(8)
                .add(A, 1, 10)
                .add(B, 1, 11)
                .metadata(KNOWN)
                .truncate(1)
                .add(A, 2, 12)
                .build();

        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.valueBits(1)).isEqualTo(12);
        assertThat(batch.metadata(1)).isNull();
    }
}
