package dev.millrace.plugin.input.prometheus;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a task when it is asked for, but not again before a while has passed: what is asked for meanwhile is one run
 * together. Thread-safe.
 */
final class Updates {
    private final Runnable task;
    private final long pause;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService scheduler;
    private final Object lock = new Object();
    private boolean planned;
    private long earliest;
    private boolean ended;

    /**
     * Nothing is asked for.
     *
     * @param pause the time from the beginning of a run to the next
     */
    Updates(Runnable task, Duration pause, LongSupplier nanoTime, ScheduledExecutorService scheduler) {
        this.task = task;
        this.pause = pause.toNanos();
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
        this.earliest = nanoTime.getAsLong();
    }

    /** Asks for a run as soon as it may be. */
    void request() {
        synchronized (lock) {
            if (!planned) {
                plan(Math.max(0, earliest - nanoTime.getAsLong()));
            }
        }
    }

    /** Asks for a run at once. */
    void requestNow() {
        synchronized (lock) {
            plan(0);
        }
    }

    /** Begins no further run. */
    void end() {
        synchronized (lock) {
            ended = true;
        }
    }

    private void plan(long delay) {
        if (ended) {
            return;
        }
        try {
            scheduler.schedule(this::run, delay, TimeUnit.NANOSECONDS);
            planned = true;
        } catch (RejectedExecutionException e) {
            ended = true; // the host has ended the scheduler, after stop() or a start that failed
        }
    }

    private void run() {
        synchronized (lock) {
            if (ended) {
                return;
            }
            planned = false;
            earliest = nanoTime.getAsLong() + pause;
        }
        task.run();
    }
}
