package dev.millrace.plugin.processor.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.testing.PluginLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LimitProcessorTest {
    private static Labels series(String name, int number) {
        return Labels.of("__name__", name, "path", "/" + number, "job", "shop");
    }

    private static Map<String, ?> limit(int max, String... by) {
        return Map.of("By", List.of(by), "MaxSeries", Integer.toString(max));
    }

    @Test
    void dropsNewSeriesOfAFullGroupAndNothingElse() throws Exception {
        try (PluginLife<Processor> life =
                PluginLife.create(new LimitFactory(), Map.of("Limits", List.of(limit(2, "__name__"))))) {
            Processor processor = life.component();
            assertThat(labels(processor.process(batch(series("a", 1), series("a", 2), series("a", 3), series("b", 1)))))
                    .containsExactly(series("a", 1), series("a", 2), series("b", 1));
            assertThat(labels(processor.process(batch(series("a", 3), series("a", 2), series("b", 2)))))
                    .containsExactly(series("a", 2), series("b", 2));
        }
    }

    @Test
    void holdsAllLimitsTogether() throws Exception {
        List<?> limits = List.of(limit(2, "__name__"), limit(3));
        try (PluginLife<Processor> life = PluginLife.create(new LimitFactory(), Map.of("Limits", limits))) {
            assertThat(labels(life.component()
                            .process(batch(
                                    series("a", 1), series("a", 2), series("a", 3), series("b", 1), series("b", 2)))))
                    .containsExactly(series("a", 1), series("a", 2), series("b", 1));
        }
    }

    @Test
    void givesThePlaceOfASilentSeriesToAnother() throws Exception {
        Map<String, ?> options = Map.of("Limits", List.of(limit(2)), "ExpireAfter", "1h");
        try (PluginLife<Processor> life = PluginLife.create(new LimitFactory(), options)) {
            Processor processor = life.component();
            processor.process(batch(series("a", 1), series("a", 2)));
            for (int i = 0; i < 8; i++) {
                life.context().advance(Duration.ofMinutes(10));
                assertThat(labels(processor.process(batch(series("a", 2))))).hasSize(1);
            }
            assertThat(labels(processor.process(batch(series("a", 3), series("a", 1), series("a", 2)))))
                    .containsExactly(series("a", 3), series("a", 2));
        }
    }

    @Test
    void tellsWhichLabelHasTheMostValues() throws Exception {
        Map<String, ?> options = Map.of("Limits", List.of(limit(3, "job")));
        try (PluginLife<Processor> life = PluginLife.create(new LimitFactory(), options)) {
            life.component()
                    .process(batch(series("a", 1), series("a", 2), series("b", 3), series("b", 4), series("b", 5)));
            assertThat(life.context().errors())
                    .singleElement()
                    .asString()
                    .contains("limit of 3 series for {job=\"shop\"}", "path (3), __name__ (2), job (1)");
        }
    }

    /** Random series and random pauses, beside a plain account of what has a place. */
    @Test
    void agreesWithAPlainAccount() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed + " (to repeat: -Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        try (PluginLife<Processor> life = PluginLife.create(
                new LimitFactory(), Map.of("Limits", List.of(limit(4, "__name__"), limit(10)), "ExpireAfter", "8s"))) {
            Map<Labels, Boolean> places = new LinkedHashMap<>();
            for (int step = 0; step < 2000; step++) {
                Labels one = series("m" + random.nextInt(5), random.nextInt(8));
                long ofName = places.keySet().stream()
                        .filter(other -> other.get("__name__").equals(one.get("__name__")))
                        .count();
                boolean expected = places.containsKey(one) || ofName < 4 && places.size() < 10;
                if (expected) {
                    places.put(one, true);
                }
                assertThat(life.component().process(batch(one)).size())
                        .as("step %d", step)
                        .isEqualTo(expected ? 1 : 0);
                if (random.nextInt(100) == 0) {
                    life.context().advance(Duration.ofSeconds(20));
                    places.clear();
                }
            }
        }
    }

    private static MetricBatch batch(Labels... series) {
        MetricBatchBuilder batch = MetricBatch.builder(series.length);
        for (Labels one : series) {
            batch.add(one, 1000, batch.size());
        }
        return batch.build();
    }

    private static List<Labels> labels(EventBatch batch) {
        List<Labels> labels = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            labels.add(batch.labels(row));
        }
        return labels;
    }
}
