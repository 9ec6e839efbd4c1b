package dev.millrace.spi.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose time passes only when a test says so; it runs everything on the thread that lets it pass. Tasks may be
 * given to it from any thread.
 */
public final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final Object lock = new Object();
    private final PriorityQueue<Task<?>> tasks =
            new PriorityQueue<>(Comparator.<Task<?>>comparingLong(t -> t.time).thenComparingLong(t -> t.number));
    private volatile long now;
    private long number;
    private volatile boolean closed;

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

    /**
     * Lets time pass, and runs what is due.
     *
     * @throws AssertionError if a task fails
     */
    public void advance(Duration duration) {
        long end = now + duration.toMillis();
        for (Task<?> task = due(end); task != null; task = due(end)) {
            now = Math.max(now, task.time);
            task.runAndTell();
        }
        now = end;
    }

    private @Nullable Task<?> due(long end) {
        synchronized (lock) {
            Task<?> first = tasks.peek();
            return first == null || first.time > end ? null : tasks.remove();
        }
    }

    @Override
    public void execute(Runnable command) {
        add(command, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(command, unit.toMillis(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(new Task<>(callable, 0), unit.toMillis(delay));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(command, initial, period, unit); // the same, where a task takes no time
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return add(new Task<>(Executors.callable(command), unit.toMillis(delay)), unit.toMillis(initial));
    }

    private Task<?> add(Runnable command, long delay) {
        return add(new Task<>(Executors.callable(command), 0), delay);
    }

    private <V> Task<V> add(Task<V> task, long delay) {
        if (closed) {
            throw new RejectedExecutionException("the component has stopped");
        }
        synchronized (lock) {
            task.time = now + delay;
            task.number = number++;
            tasks.add(task);
        }
        return task;
    }

    /** Drops all that waits, and refuses what comes. */
    @Override
    public void shutdown() {
        closed = true;
        synchronized (lock) {
            tasks.clear();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
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

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long period;
        private long time;
        private long number;

        Task(Callable<V> command, long period) {
            super(command);
            this.period = period;
        }

        void runAndTell() {
            if (period == 0) {
                run();
            } else if (runAndReset() && !closed) {
                add(this, period);
            }
            if (isDone() && !isCancelled()) {
                try {
                    get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a task failed", e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - now, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
