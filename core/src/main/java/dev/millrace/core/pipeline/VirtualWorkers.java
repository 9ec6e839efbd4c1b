package dev.millrace.core.pipeline;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workers whose time passes when one says so: what is to run at once runs within the call, on the caller's thread, and what is
 * to run later when its time has come. Thread-safe.
 */
final class VirtualWorkers extends AbstractExecutorService implements ScheduledExecutorService {
    private final Object lock = new Object();
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private volatile long now;
    private long count;
    private volatile boolean closed;

    /** Workers whose time begins, in milliseconds since the epoch. */
    VirtualWorkers(long now) {
        this.now = now;
    }

    /** The time, in milliseconds since the epoch. */
    long now() {
        return now;
    }

    /** Lets time pass up to then, and runs what is due meanwhile. */
    void advanceTo(long time) {
        for (Task<?> due = due(time); due != null; due = due(time)) {
            now = Math.max(now, due.at);
            due.run();
        }
        now = Math.max(now, time);
    }

    private @Nullable Task<?> due(long time) {
        synchronized (lock) {
            Task<?> first = tasks.peek();
            return first == null || first.at > time ? null : tasks.poll();
        }
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long at;
        private final long number;

        Task(Callable<V> call, long at, long number) {
            super(call);
            this.at = at;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            return at == that.at ? Long.compare(number, that.number) : Long.compare(at, that.at);
        }

        @Override
        protected void done() {
            synchronized (lock) {
                tasks.remove(this);
            }
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> call, long delay, TimeUnit unit) {
        synchronized (lock) {
            long millis = (unit.toNanos(delay) + 999_999) / 1_000_000;
            Task<V> task = new Task<>(call, now + Math.max(0, millis), count++);
            tasks.add(task);
            return task;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    return true;
                },
                delay,
                unit);
    }

    /** Runs it again and again, as long as it throws nothing. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    scheduleWithFixedDelay(task, delay, delay, unit);
                },
                initial,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(task, initial, period, unit); // what runs takes no time
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        closed = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }
}
