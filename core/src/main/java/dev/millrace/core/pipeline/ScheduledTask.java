package dev.millrace.core.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task that waits for its time, once or again and again. The timer only wakes it; it runs where tasks run. */
final class ScheduledTask<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final long periodNanos;
    private final boolean fixedRate;
    private final Consumer<ScheduledTask<?>> onEnd;
    private final Object lock = new Object();
    private volatile long at;
    private @Nullable Future<?> waiting;

    /**
     * A task that does not wait yet.
     *
     * @param period 0 where it runs once
     * @param fixedRate whether the period counts from begin to begin, and not from end to begin
     * @param onEnd told when it will not run any more, once or more
     */
    ScheduledTask(
            Callable<V> task,
            ScheduledExecutorService timer,
            Executor workers,
            long period,
            boolean fixedRate,
            Consumer<ScheduledTask<?>> onEnd) {
        super(task);
        this.timer = timer;
        this.workers = workers;
        this.periodNanos = period;
        this.fixedRate = fixedRate;
        this.onEnd = onEnd;
    }

    /** Begins to wait. */
    ScheduledTask<V> in(long nanos) {
        waitUntil(System.nanoTime() + nanos);
        return this;
    }

    private void waitUntil(long time) {
        at = time;
        synchronized (lock) {
            if (!isDone()) {
                waiting = timer.schedule(this::wake, time - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void wake() {
        workers.execute(this);
    }

    @Override
    public void run() {
        if (periodNanos == 0) {
            super.run();
        } else if (runAndReset()) {
            try {
                waitUntil((fixedRate ? at : System.nanoTime()) + periodNanos);
            } catch (RejectedExecutionException stopping) {
                cancel(false);
            }
        }
    }

    /* What runs is never interrupted: it may hold a file. */
    @Override
    public boolean cancel(boolean mayInterrupt) {
        return super.cancel(false);
    }

    @Override
    protected void done() {
        synchronized (lock) {
            if (waiting != null) {
                waiting.cancel(false);
            }
        }
        onEnd.accept(this);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
