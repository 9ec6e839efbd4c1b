package dev.millrace.plugin.lib.reading;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source again and again, without a thread of its own. One task is planned at a time. A reading ends when the journal
 * has kept or refused its batch; one that is due before is skipped, and counted. Series that a reading does not have any more
 * get the mark of their end, also where the input was made anew in between.
 */
public final class ReadingLoop {
    /** How long before a reading that begins which takes a while, at the most, in milliseconds. */
    private static final long LONGEST_LEAD = 2000;
    /** And which part of the interval, at the most. */
    private static final int PARTS = 3;

    private final Source source;
    private final Samples samples = new Samples();
    private final PluginContext context;
    private final SeriesHistory history = new SeriesHistory();
    private final Schedule schedule;
    private final long lead;
    private final BatchSink sink;
    private final SkippedReadings skipped;

    /** Guards the history and the fields below. */
    private final Object lock = new Object();

    private boolean pending;
    private boolean stopped;
    private @Nullable Future<?> planned;
    /** Used by the task that is planned, and no other. */
    private long newest;

    /**
     * A loop that has not started.
     *
     * @param context that of the input, which has an interval of at least a millisecond
     * @param name what the points in time are chosen by, so that not all hosts are read at once: mostly the host's name
     */
    public ReadingLoop(Source source, Duration interval, String name, BatchSink sink, PluginContext context) {
        this.source = source;
        this.schedule = Schedule.of(interval, name);
        this.lead = Math.min(LONGEST_LEAD, schedule.interval() / PARTS);
        this.sink = sink;
        this.context = context;
        this.skipped = new SkippedReadings(context.metrics());
    }

    /** Reads from the next point in time on, and goes on where a predecessor has ended. */
    public void start() {
        context.inherited(SeriesHistory.Left.class).ifPresent(history::inherit);
        planAfter(context.clock().millis() + lead);
    }

    /** Reads no more, and leaves the successor what it has to know. */
    public void stop() {
        SeriesHistory.Left left;
        synchronized (lock) {
            stopped = true;
            if (planned != null) {
                planned.cancel(false);
            }
            left = history.left(pending);
        }
        source.stop();
        context.leave(left);
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
                planned = context.scheduler()
                        .schedule(task, Math.max(0, time - context.clock().millis()), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                stopped = true; // by the host, with the component
            }
        }
    }

    private void prepare(long point) {
        source.prepare();
        plan(point, () -> read(point));
    }

    private void read(long point) {
        long now = context.clock().millis();
        try {
            if (mayRead()) {
                long timestamp = schedule.timestamp(point, now);
                newest = timestamp == newest ? timestamp + 1 : timestamp;
                samples.truncate(0);
                source.read(samples);
                accept(newest);
            }
        } finally {
            planAfter(schedule.from(point, context.clock().millis()));
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
            batch = history.batch(samples, timestamp);
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
