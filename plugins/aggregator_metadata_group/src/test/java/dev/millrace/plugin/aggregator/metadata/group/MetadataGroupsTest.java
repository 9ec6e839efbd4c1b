package dev.millrace.plugin.aggregator.metadata.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MetadataGroupsTest {
    private static final Value.Mapping NONE = new Value.Mapping(Map.of());

    private final AtomicLong dropped = new AtomicLong();

    private MetadataGroups groups(List<String> keys, int maxEvents, long maxBytes, boolean drop) {
        return new MetadataGroups(
                new MetadataGroupOptions(keys, maxEvents, new ByteSize(maxBytes), drop), dropped::addAndGet);
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("aggregator_metadata_group");
    }

    /** Batches of random series: each group is whole, each series in order, and nothing stays behind a result. */
    @Test
    void keepsTheOrderOfEachSeriesInItsGroup() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed + " (to repeat: -Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int maxEvents = 1 + random.nextInt(20);
            MetadataGroups groups = groups(List.of("db", "zone"), maxEvents, 1 << 20, false);
            Map<Labels, List<Long>> expected = new HashMap<>();
            Map<Labels, List<Long>> found = new HashMap<>();
            long value = 0;
            for (int step = 0; step < 30; step++) {
                MetricBatchBuilder rows = MetricBatch.builder(4);
                for (int row = random.nextInt(8); row > 0; row--) {
                    Labels series = Labels.of(
                            "__name__", "m" + random.nextInt(3),
                            "db", random.nextBoolean() ? "a" : "",
                            "zone", "z" + random.nextInt(2));
                    rows.add(series, 0, ++value);
                    expected.computeIfAbsent(series, key -> new ArrayList<>()).add(value);
                }
                List<EventBatch> result = groups.add(rows.build());
                check(result, maxEvents, found);
                if (!result.isEmpty()) {
                    assertThat(groups.flush()).isEmpty();
                    assertThat(found).isEqualTo(expected);
                }
            }
            check(groups.flush(), maxEvents, found);
            assertThat(found).isEqualTo(expected);
        }
    }

    private static void check(List<EventBatch> result, int maxEvents, Map<Labels, List<Long>> found) {
        for (EventBatch batch : result) {
            MetricBatch metrics = (MetricBatch) batch;
            assertThat(metrics.size()).isBetween(1, maxEvents);
            for (int row = 0; row < metrics.size(); row++) {
                Labels series = metrics.labels(row);
                assertThat(List.of(series.get("db"), series.get("zone")))
                        .isEqualTo(List.of(
                                metrics.labels(0).get("db"), metrics.labels(0).get("zone")));
                found.computeIfAbsent(series, key -> new ArrayList<>()).add(metrics.valueBits(row));
            }
        }
    }

    @Test
    void keepsAllThatStandsBesideASample() {
        Labels series = Labels.of("__name__", "m");
        Exemplar exemplar = new Exemplar(Labels.of("trace_id", "1"), 2, 3);
        Metadata metadata = new Metadata("m", MetricType.COUNTER, "help", "unit");
        MetricBatch batch = MetricBatch.builder(2)
                .add(series, 1, 2)
                .add(series, 5, 6)
                .startTimestamp(4)
                .exemplars(List.of(exemplar))
                .metadata(metadata)
                .build();
        MetadataGroups groups = groups(List.of(), 10, 1, false);

        assertThat(groups.add(batch)).isEmpty();
        MetricBatch group = (MetricBatch) groups.flush().get(0);
        assertThat(group.timestamp(1)).isEqualTo(5);
        assertThat(group.startTimestamp(0)).isZero();
        assertThat(group.startTimestamp(1)).isEqualTo(4);
        assertThat(group.exemplars(0)).isEmpty();
        assertThat(group.exemplars(1)).containsExactly(exemplar);
        assertThat(group.metadata(0)).isNull();
        assertThat(group.metadata(1)).isEqualTo(metadata);
    }

    @Test
    void cutsLogsOfAResourceBySize() {
        MetadataGroups groups = groups(List.of("db"), 10, 4, false);
        assertThat(groups.add(logs("a", "12"))).isEmpty();
        assertThat(groups.add(logs("b", "1"))).isEmpty();
        assertThat(groups.add(logs("a", "345"))).containsExactly(logs("a", "12"), logs("a", "345"), logs("b", "1"));
        assertThat(groups.add(logs("a", "123456", "7"))).containsExactly(logs("a", "123456"), logs("a", "7"));
        assertThat(dropped).hasValue(0);
    }

    @Test
    void dropsWhatIsTooLargeWhereItIsToldTo() {
        MetadataGroups groups = groups(List.of("db"), 10, 4, true);
        assertThat(groups.add(logs("a", "12345", "1"))).isEmpty();
        assertThat(groups.flush()).containsExactly(logs("a", "1"));
        assertThat(dropped).hasValue(1);
    }

    @Test
    void keepsSpansOfOneResourceTogether() {
        SpanBatch.Row row =
                new SpanBatch.Row(SpanId.NONE, SpanId.NONE, "n", 0, 0, 0, 0, "", "", NONE, List.of(), List.of());
        MetadataGroups groups = groups(List.of(), 2, 4, false);
        SpanBatch one = new SpanBatch(Labels.of("service", "a"), List.of(row));
        assertThat(groups.add(one)).isEmpty();
        assertThat(groups.add(one)).containsExactly(new SpanBatch(one.resource(), List.of(row, row)));
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatThrownBy(() -> groups(List.of(""), 1, 1, false)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> groups(List.of(), 0, 1, false)).hasMessage("0 (expected: > 0)");
        assertThatThrownBy(() -> groups(List.of(), 1, 0, false)).isInstanceOf(InvalidOptionException.class);
    }

    private static LogBatch logs(String db, String... bodies) {
        List<LogBatch.Row> rows = new ArrayList<>();
        for (String body : bodies) {
            Value bytes = new Value.Bytes(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
            rows.add(new LogBatch.Row(0, 1, 0, "", bytes, NONE, SpanId.NONE));
        }
        return new LogBatch(Labels.of("db", db), rows);
    }
}
