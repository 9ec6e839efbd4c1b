package dev.millrace.plugin.metric.mock;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters that grow by one each interval. All series have the same value: the number of intervals since the start, and the index it started from. A
 * value that is refused is not made again.
 */
final class MockInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(MockInput.class);

    private final Labels[] series;
    private final int intervalMs;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Acknowledgement acknowledgement = new LoggedRefusal();
    private @Nullable Future<?> task;
    /** Used by the task only. */
    private long value;

    MockInput(MockOptions options, Clock clock, ScheduledExecutorService scheduler) {
        this.intervalMs = options.intervalMs();
        this.value = options.index();
        this.clock = clock;
        this.scheduler = scheduler;
        this.series = new Labels[options.series()];
        Labels common = Labels.of(options.allLabels());
        for (int i = 0; i < series.length; i++) {
            series[i] = common.toBuilder()
                    .set(Labels.METRIC_NAME, options.name())
                    .set(MockOptions.SERIES, Integer.toString(i))
                    .build();
        }
    }

    @Override
    public void start(BatchSink sink) {
        task = scheduler.scheduleWithFixedDelay(() -> make(sink), 0, intervalMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (task != null) {
            task.cancel(false);
        }
    }

    private void make(BatchSink sink) {
        value++;
        long timestamp = clock.millis();
        MetricBatchBuilder rows = MetricBatch.builder(series.length);
        for (Labels one : series) {
            rows.add(one, timestamp, Double.doubleToRawLongBits((double) value));
        }
        sink.accept(rows.build(), acknowledgement);
    }

    private static final class LoggedRefusal implements Acknowledgement {
        @Override
        public void committed() {
            // There is nobody to tell.
        }

        @Override
        public void refused(Refusal refusal) {
            LOG.debug("samples refused: {}", refusal.message());
        }

        @Override
        public boolean waiting() {
            return false;
        }
    }
}
