package dev.millrace.spi.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes only when a test says so; it runs everything on the test's thread. */
public final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.<Task>comparingLong(t -> t.time).thenComparingLong(t -> t.number));
    private long now;
    private long number;

    /** A scheduler at a time, in milliseconds since the epoch. */
    public VirtualScheduler(long now) {
        this.now = now;
    }

    /** A clock that shows its time. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        };
    }

    /** Its time in nanoseconds. */
    public long nanoTime() {
        return now * 1_000_000;
    }

    /** Lets time pass, and runs what is due. */
    public void advance(Duration duration) {
        long end = now + duration.toMillis();
        while (!tasks.isEmpty() && tasks.peek().time <= end) {
            Task task = tasks.remove();
            now = Math.max(now, task.time);
            task.run();
        }
        now = end;
    }

    @Override
    public void execute(Runnable command) {
        add(command, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(command, unit.toMillis(delay));
    }

    private Task add(Runnable command, long delay) {
        Task task = new Task(command, now + delay, number++);
        tasks.add(task);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return add(() -> runAndRepeat(command, unit.toMillis(delay)), unit.toMillis(initial));
    }

    private void runAndRepeat(Runnable command, long delay) {
        command.run();
        add(() -> runAndRepeat(command, delay), delay);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return new ArrayList<>();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final long time;
        private final long number;

        Task(Runnable command, long time, long number) {
            super(command, null);
            this.time = time;
            this.number = number;
        }

        @Override
        protected void setException(Throwable failure) {
            throw new AssertionError("a task failed", failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
