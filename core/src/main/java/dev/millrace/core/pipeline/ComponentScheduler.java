package dev.millrace.core.pipeline;

import dev.millrace.core.logging.Logging;
import dev.millrace.core.plugin.ContextClassLoader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One component's view of the host's workers: its tasks run there under its name and end with it.
 *
 * <p>A task that throws is logged; one that repeats goes on. Thread-safe.
 */
final class ComponentScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final int FORGET_FROM = 64;

    private final String component;
    private final ClassLoader loader;
    private final ScheduledExecutorService workers;
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private volatile int forgetAt = FORGET_FROM;
    private volatile boolean closed;

    ComponentScheduler(String component, ClassLoader loader, ScheduledExecutorService workers) {
        this.component = component;
        this.loader = loader;
        this.workers = workers;
    }

    @Override
    public void execute(Runnable task) {
        refuseWhenClosed();
        workers.execute(() -> run(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Task waiting = begin();
        ScheduledFuture<?> future = workers.schedule(
                () -> {
                    tasks.remove(waiting);
                    run(task);
                },
                delay,
                unit);
        waiting.runsAs(future);
        return future;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> call, long delay, TimeUnit unit) {
        Task waiting = begin();
        ScheduledFuture<V> future = workers.schedule(
                () -> {
                    tasks.remove(waiting);
                    return inside(call);
                },
                delay,
                unit);
        waiting.runsAs(future);
        return future;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable action, long initial, long period, TimeUnit unit) {
        Task task = begin();
        ScheduledFuture<?> future = workers.scheduleAtFixedRate(() -> run(action), initial, period, unit);
        task.runsAs(future);
        return future;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable action, long initial, long delay, TimeUnit unit) {
        Task task = begin();
        ScheduledFuture<?> future = workers.scheduleWithFixedDelay(() -> run(action), initial, delay, unit);
        task.runsAs(future);
        return future;
    }

    /** Runs under the component's name what it waits for, even after its end: nobody may wait for ever. */
    Executor answers() {
        return task -> workers.execute(() -> attempt(task));
    }

    /** Cancels what waits; what runs is not interrupted. */
    @Override
    public void shutdown() {
        closed = true;
        tasks.forEach(Task::cancel);
        tasks.clear();
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
            throw new RejectedExecutionException(component + " has stopped");
        }
    }

    /* Tasks that the plugin cancelled are forgotten from time to time, or they would be kept until its end. */
    private Task begin() {
        refuseWhenClosed();
        if (tasks.size() >= forgetAt) {
            tasks.removeIf(Task::isCancelled);
            forgetAt = Math.max(FORGET_FROM, 2 * tasks.size());
        }
        Task task = new Task();
        tasks.add(task);
        return task;
    }

    private void run(Runnable task) {
        if (!closed) {
            attempt(task);
        }
    }

    private void attempt(Runnable task) {
        try {
            inside(Executors.callable(task));
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            LOG.error("{}", ComponentException.of(component, "a task", e).getMessage());
        }
    }

    private <V> V inside(Callable<V> call) throws Exception {
        return ContextClassLoader.with(loader, () -> {
            MDC.put(Logging.COMPONENT, component);
            try {
                return call.call();
            } finally {
                MDC.remove(Logging.COMPONENT);
            }
        });
    }

    /** A task that waits or repeats, to be cancelled when the component has stopped. */
    private final class Task {
        private volatile @Nullable Future<?> future;

        void runsAs(Future<?> scheduled) {
            future = scheduled;
            if (closed) {
                scheduled.cancel(false);
            }
        }

        boolean isCancelled() {
            Future<?> scheduled = future;
            return scheduled != null && scheduled.isCancelled();
        }

        void cancel() {
            Future<?> scheduled = future;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }
}
