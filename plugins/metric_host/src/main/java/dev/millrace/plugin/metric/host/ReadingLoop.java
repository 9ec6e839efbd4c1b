package dev.millrace.plugin.metric.host;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads again and again, without a thread of its own. One task is planned at a time. A reading ends when the journal has kept or
 * refused its batch; one that is due before is skipped, and counted.
 */
final class ReadingLoop {
    /** How long before a reading that begins which takes a while, at the most, in milliseconds. */
    private static final long LONGEST_LEAD = 2000;
    /** And which part of the interval, at the most. */
    private static final int PARTS = 3;

    private final Readings readings;
    private final SeriesHistory history;
    private final Schedule schedule;
    private final long lead;
    private final BatchSink sink;
    private final SkippedReadings skipped;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    /** Guards the history and the fields below. */
    private final Object lock = new Object();

    private boolean pending;
    private boolean stopped;
    private @Nullable Future<?> planned;
    /** Used by the task that is planned, and no other. */
    private long newest;

    ReadingLoop(
            Readings readings,
            SeriesHistory history,
            Schedule schedule,
            BatchSink sink,
            SkippedReadings skipped,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.readings = readings;
        this.history = history;
        this.schedule = schedule;
        this.lead = Math.min(LONGEST_LEAD, schedule.interval() / PARTS);
        this.sink = sink;
        this.skipped = skipped;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    void start() {
        planAfter(clock.millis() + lead);
    }

    /** Reads no more. */
    SeriesHistory.Left stop() {
        SeriesHistory.Left left;
        synchronized (lock) {
            stopped = true;
            if (planned != null) {
                planned.cancel(false);
            }
            left = history.left(pending);
        }
        readings.stop();
        return left;
    }

    private void planAfter(long time) {
        long point = schedule.after(time);
        plan(point - lead, () -> prepare(point));
    }

    private void plan(long time, Runnable task) {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            try {
                planned = scheduler.schedule(task, Math.max(0, time - clock.millis()), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                stopped = true; // by the host, with the component
            }
        }
    }

    private void prepare(long point) {
        readings.prepare();
        plan(point, () -> read(point));
    }

    private void read(long point) {
        long now = clock.millis();
        try {
            if (mayRead()) {
                long timestamp = schedule.timestamp(point, now);
                newest = timestamp == newest ? timestamp + 1 : timestamp;
                readings.read();
                accept(newest);
            }
        } finally {
            planAfter(schedule.from(point, clock.millis()));
        }
    }

    private boolean mayRead() {
        Optional<Refusal> refusal = sink.refusal();
        synchronized (lock) {
            if (pending) {
                skipped.countUnfinished();
                return false;
            }
        }
        refusal.ifPresent(skipped::count);
        return refusal.isEmpty();
    }

    private void accept(long timestamp) {
        MetricBatch batch;
        synchronized (lock) {
            if (stopped) {
                return;
            }
            batch = readings.batch(history, timestamp);
            pending = true;
        }
        sink.accept(batch, new Acknowledgement() {
            @Override
            public void committed() {
                synchronized (lock) {
                    history.kept();
                    pending = false;
                }
                skipped.kept();
            }

            @Override
            public void refused(Refusal refusal) {
                synchronized (lock) {
                    pending = false;
                }
                skipped.count(refusal);
            }

            @Override
            public boolean waiting() {
                return false;
            }
        });
    }
}
