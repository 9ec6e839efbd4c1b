package dev.millrace.plugin.metric.self;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.testing.Options;
import dev.millrace.spi.testing.PluginLife;
import dev.millrace.spi.testing.TestSink;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SelfInputTest {
    private static final Map<String, ?> OPTIONS = Map.of("Interval", "10s", "Instance", "here");

    private static MetricBatch metrics(String... names) {
        MetricBatchBuilder rows = MetricBatch.builder(names.length);
        for (String name : names) {
            rows.add(Labels.of("__name__", name), 5, 7);
        }
        return rows.build();
    }

    private static Map<Labels, Long> values(TestSink sink, int batch) {
        MetricBatch read = (MetricBatch) sink.batches().get(batch);
        Map<Labels, Long> values = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (int row = 0; row < read.size(); row++) {
            values.put(read.labels(row), read.valueBits(row));
        }
        return values;
    }

    private static Labels series(String name) {
        return Labels.of("__name__", name, "job", "millrace", "instance", "here");
    }

    @Test
    void readsAtEachIntervalAndMarksWhatHasGone() throws Exception {
        TestSink sink = new TestSink();
        try (PluginLife<Input> life = PluginLife.create(new SelfFactory(), OPTIONS)) {
            life.context().publishing(metrics("a", "b"));
            life.component().start(sink);
            life.context().advance(Duration.ofSeconds(10));
            assertThat(values(sink, 0)).isEqualTo(Map.of(series("a"), 7L, series("b"), 7L));
            life.context().publishing(metrics("b"));
            life.context().advance(Duration.ofSeconds(10));
            assertThat(values(sink, 1)).isEqualTo(Map.of(series("a"), MetricBatch.STALE_NAN, series("b"), 7L));
            life.context().advance(Duration.ofSeconds(10));
            assertThat(values(sink, 2)).isEqualTo(Map.of(series("b"), 7L));
        }
    }

    @Test
    void marksLaterWhatHasGoneWhileAReadingWasRefused() throws Exception {
        TestSink sink = new TestSink();
        try (PluginLife<Input> life = PluginLife.create(new SelfFactory(), OPTIONS)) {
            life.context().publishing(metrics("a", "b"));
            life.component().start(sink);
            life.context().advance(Duration.ofSeconds(10));
            life.context().publishing(metrics("b"));
            sink.refuse(Refusal.Reason.BUSY);
            life.context().advance(Duration.ofSeconds(10));
            sink.commit();
            life.context().advance(Duration.ofSeconds(10));
            assertThat(values(sink, sink.batches().size() - 1)).containsEntry(series("a"), MetricBatch.STALE_NAN);
        }
    }

    @Test
    void wantsAnInterval() {
        assertThatThrownBy(() -> Options.of(SelfOptions.class, Map.of("Interval", "10ms")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("10ms (expected: >= 1s)");
    }
}
