package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.State;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.VirtualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A processor at work, with a clock and a journal in the hands of a test. */
final class Bench {
    /** A multiple of an hour. */
    static final long START = 1_767_225_600_000L;

    final List<String> errors = new ArrayList<>();
    final CountedMetrics metrics = new CountedMetrics();
    private final VirtualScheduler time = new VirtualScheduler(START);
    private KeptState state = new KeptState();
    private AggregateProcessor processor;

    /** A processor that begins. */
    Bench(AggregateOptions options) {
        processor = new AggregateProcessor(options, new Context());
    }

    /** Options, with a minute and no delay. */
    static AggregateOptions options(List<String> by, Output... outputs) {
        return new AggregateOptions(
                Duration.ofMinutes(1),
                by,
                List.of(),
                List.of(outputs),
                List.of(),
                Map.of(),
                false,
                Optional.empty(),
                Duration.ZERO,
                Late.DROP,
                10_000);
    }

    private final class Context extends BareContext implements PluginContext {
        Context() {
            super("processor_aggregate");
        }

        @Override
        public Clock clock() {
            return time.clock();
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public Metrics metrics() {
            return metrics;
        }

        @Override
        public void reportError(String message) {
            errors.add(message);
        }
    }

    long now() {
        return time.clock().millis();
    }

    Bench advance(Duration duration) {
        time.advance(duration);
        return this;
    }

    /** Another process, or another generation: what was not committed is gone. */
    Bench restart(AggregateOptions options) {
        state = state.afterRestart();
        processor = new AggregateProcessor(options, new Context());
        return this;
    }

    Bench add(MetricBatch batch) {
        processor.add(batch);
        return this;
    }

    /** Adds a sample of the present time. */
    Bench add(double value, String... labels) {
        return addAt(now(), value, labels);
    }

    Bench addAt(long timestamp, double value, String... labels) {
        return add(batch().add(Labels.of(labels), timestamp, Double.doubleToRawLongBits(value))
                .build());
    }

    static MetricBatchBuilder batch() {
        return MetricBatch.builder(1);
    }

    /** What comes out, committed. */
    List<String> flush() {
        MetricBatch result = processor.flush();
        state.commit();
        return lines(result);
    }

    /** What would come out is refused. */
    void flushRefused() {
        processor.flush();
        state.refuse();
    }

    /** How many bytes of state go with a flush. */
    int flushedBytes() {
        processor.flush();
        int bytes = state.changedBytes();
        state.commit();
        return bytes;
    }

    /** How many samples were dropped for a reason. */
    long dropped(String reason) {
        return metrics.counters.getOrDefault(
                "millrace_processor_aggregate_dropped_samples_total" + List.of("reason", reason), 0L);
    }

    /** Rows as lines: labels, value, seconds since the start. */
    static List<String> lines(MetricBatch batch) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            lines.add(batch.labels(row) + " " + Double.longBitsToDouble(batch.valueBits(row)) + " @"
                    + (batch.timestamp(row) - START) / 1000);
        }
        lines.sort(null);
        return lines;
    }
}
