package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ContextClassLoader;
import dev.millrace.core.calls.RunningCall;
import dev.millrace.core.logging.Logging;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One component's view of the host's workers: its tasks run there under its name and end with it, as many at the same time
 * as there are workers. So what hangs keeps no more of them.
 *
 * <p>A task that throws is logged; one that repeats goes on. Thread-safe.
 */
final class ComponentScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final String TASK = "a task";

    private final WatchedComponent component;
    private final ClassLoader loader;
    private final ScheduledExecutorService workers;
    private final int most;
    private final Set<ScheduledTask<?>> tasks = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final Deque<Runnable> parked = new ArrayDeque<>();
    private int running;
    private volatile boolean closed;

    /**
     * No tasks yet.
     *
     * @param most how many run at the same time
     */
    ComponentScheduler(WatchedComponent component, ClassLoader loader, ScheduledExecutorService workers, int most) {
        this.component = component;
        this.loader = loader;
        this.workers = workers;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        refuseWhenClosed();
        begin(() -> run(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return waiting(Executors.callable(() -> run(task)), delay, 0, false, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> call, long delay, TimeUnit unit) {
        return waiting(() -> inside(TASK, call::call), delay, 0, false, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long initial, long period, TimeUnit unit) {
        return waiting(Executors.callable(() -> run(action)), initial, positive(period), true, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long initial, long delay, TimeUnit unit) {
        return waiting(Executors.callable(() -> run(action)), initial, positive(delay), false, unit);
    }

    private static long positive(long period) {
        if (period <= 0) {
            throw new IllegalArgumentException("period: " + period + " (expected: > 0)");
        }
        return period;
    }

    private <V> ScheduledTask<V> waiting(
            Callable<V> task, long initial, long period, boolean fixedRate, TimeUnit unit) {
        refuseWhenClosed();
        ScheduledTask<V> waiting =
                new ScheduledTask<>(task, workers, this::begin, unit.toNanos(period), fixedRate, tasks::remove);
        tasks.add(waiting);
        if (closed) {
            waiting.cancel(false);
        }
        return waiting.in(unit.toNanos(initial));
    }

    /** Runs under the component's name what it waits for, even after its end: nobody may wait for ever. */
    Executor answers() {
        return named("an answer");
    }

    /** Runs calls of one kind, even after the end of the component; each throws nothing. */
    Executor named(String what) {
        return task -> begin(() -> attempt(what, task));
    }

    /** Cancels what waits; what runs is not interrupted. */
    @Override
    public void shutdown() {
        closed = true;
        tasks.forEach(task -> task.cancel(false));
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

    int remembered() {
        return tasks.size();
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new RejectedExecutionException(component.name() + " has stopped");
        }
    }

    private void begin(Runnable task) {
        synchronized (lock) {
            if (running == most) {
                parked.add(task);
                return;
            }
            running++;
        }
        try {
            workers.execute(() -> runThenNext(task));
        } catch (RejectedExecutionException stopping) {
            synchronized (lock) {
                running--;
            }
            throw stopping;
        }
    }

    private void runThenNext(Runnable first) {
        Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } finally {
                task = ended();
            }
            try {
                if (task != null) {
                    begin(task);
                    return;
                }
            } catch (RejectedExecutionException stopping) {
                LOG.debug("{}: the workers have stopped; what waits for one runs here", component.name());
            }
        }
    }

    private @Nullable Runnable ended() {
        synchronized (lock) {
            running--;
            return parked.poll();
        }
    }

    private void run(Runnable task) {
        if (!closed) {
            attempt(TASK, task);
        }
    }

    private void attempt(String what, Runnable task) {
        inside(what, () -> {
            try {
                task.run();
            } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
                component.complain(what, e);
            }
            return true;
        });
    }

    private <V, X extends Exception> V inside(String what, ContextClassLoader.Call<V, X> task) throws X {
        return ContextClassLoader.with(loader, () -> {
            RunningCall call = component.begin(what, () -> {});
            try {
                MDC.put(Logging.COMPONENT, component.name());
                return task.call();
            } finally {
                call.end();
                MDC.remove(Logging.COMPONENT);
            }
        });
    }
}
