package dev.millrace.plugin.metric.self;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.AddedLabels;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the host's metrics at each point of a grid in time, and marks the series that have gone since the last one. */
final class SelfInput implements Input {
    private final PluginContext context;
    private final long interval;
    private final AddedLabels target;
    private @Nullable Future<?> task;
    private volatile Set<Labels> before = Set.of();

    SelfInput(SelfOptions options, PluginContext context) {
        this.context = context;
        this.interval = options.interval().toMillis();
        this.target = new AddedLabels(
                Labels.of("job", options.job(), "instance", options.instance().orElseGet(HostName::get)));
    }

    @Override
    public void start(BatchSink sink) {
        Series kept = context.inherited(Series.class).orElse(new Series(Set.of()));
        before = kept.labels();
        long now = context.clock().millis();
        task = context.scheduler()
                .scheduleAtFixedRate(
                        () -> read(sink), interval - Math.floorMod(now, interval), interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (task != null) {
            task.cancel(false);
        }
        context.leave(new Series(before));
    }

    /** The series of the last reading, for the successor, which marks those that are gone. */
    private record Series(Set<Labels> labels) {}

    private void read(BatchSink sink) {
        if (sink.refusal().isPresent()) {
            return; // the journal is full; the counters say so when they are read again
        }
        MetricBatch page = (MetricBatch) target.to(context.hostMetrics());
        Set<Labels> series = new HashSet<>();
        for (int row = 0; row < page.size(); row++) {
            series.add(page.labels(row));
        }
        Set<Labels> gone = new HashSet<>(before);
        gone.removeAll(series);
        sink.accept(gone.isEmpty() ? page : with(page, gone), new Read(series));
    }

    private MetricBatch with(MetricBatch page, Set<Labels> gone) {
        MetricBatchBuilder rows = MetricBatch.builder(page.size() + gone.size());
        for (int row = 0; row < page.size(); row++) {
            rows.add(page, row);
        }
        long now = context.clock().millis();
        gone.forEach(labels -> rows.add(labels, now, MetricBatch.STALE_NAN));
        return rows.build();
    }

    /* Where a reading is not kept, the next one marks what has gone since the one before. */
    private final class Read implements Acknowledgement {
        private final Set<Labels> series;

        Read(Set<Labels> series) {
            this.series = series;
        }

        @Override
        public void committed() {
            before = series;
        }

        @Override
        public void refused(Refusal refusal) {
            context.reportError(refusal.message());
        }

        @Override
        public boolean waiting() {
            return false;
        }
    }
}
