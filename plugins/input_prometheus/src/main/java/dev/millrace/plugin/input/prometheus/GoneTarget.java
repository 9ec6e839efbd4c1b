package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a target that a reload, a restart or a discovery took away: one batch of stale markers for its series and those of its report, handed
 * over until the journal has kept it. One batch is on its way at a time.
 */
final class GoneTarget {
    private static final Logger LOG = LoggerFactory.getLogger(GoneTarget.class);
    private static final long FIRST_DELAY = 1000;
    private static final long LARGEST_DELAY = 60_000;

    private final SeriesRecords records;
    private final BatchSink sink;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Consumer<GoneTarget> marked;
    /** What is to be marked, or null once that is done. */
    private volatile @Nullable LiveTarget unmarked;

    private volatile boolean stopped;
    /** The time to the next attempt, in milliseconds; used by the attempt on its way, and no other. */
    private long delay = FIRST_DELAY;

    /**
     * An end that is not marked yet.
     *
     * @param marked is told when it is, from any thread
     */
    GoneTarget(
            LiveTarget target,
            SeriesRecords records,
            BatchSink sink,
            Clock clock,
            ScheduledExecutorService scheduler,
            Consumer<GoneTarget> marked) {
        this.unmarked = target;
        this.records = records;
        this.sink = sink;
        this.clock = clock;
        this.scheduler = scheduler;
        this.marked = marked;
    }

    void start() {
        scheduler.execute(this::mark);
    }

    /** What is yet to be marked; empty once that is done. */
    Optional<LiveTarget> unmarked() {
        return Optional.ofNullable(unmarked);
    }

    /** Makes no further attempt, and says what may not have been marked. */
    Optional<LiveTarget> stop() {
        stopped = true;
        return Optional.ofNullable(unmarked);
    }

    private void mark() {
        LiveTarget target = unmarked;
        if (stopped || target == null) {
            return;
        }
        records.forget(target.labels());
        sink.accept(marks(target, Math.max(clock.millis(), target.newest() + 1)), new Acknowledgement() {
            @Override
            public void committed() {
                unmarked = null;
                marked.accept(GoneTarget.this);
            }

            @Override
            public void refused(Refusal refusal) {
                retry(target, refusal);
            }

            @Override
            public boolean waiting() {
                return false;
            }
        });
    }

    private static MetricBatch marks(LiveTarget target, long timestamp) {
        MetricBatchBuilder rows = MetricBatch.builder(target.series().size());
        target.series().forEach(series -> series.addEnd(rows, timestamp));
        for (Labels series : ScrapeReport.series(target.labels(), target.extra())) {
            rows.add(series, timestamp, MetricBatch.STALE_NAN);
        }
        return rows.build();
    }

    private void retry(LiveTarget target, Refusal refusal) {
        if (stopped) {
            return;
        }
        if (delay == FIRST_DELAY) {
            LOG.warn("{}: stale markers of this removed target wait: {}", target.url(), refusal.message());
        }
        long wait = delay;
        delay = Math.min(2 * delay, LARGEST_DELAY);
        try {
            scheduler.schedule(this::mark, wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The host ends its scheduler after stop().
            if (!stopped) {
                throw e;
            }
        }
    }
}
