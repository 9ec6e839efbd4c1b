package dev.millrace.core.calls;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which plugins compute: as many for what is to be done now as there are cores, and as many for what is
 * to be done later. While calls into plugins keep threads for long, there are more.
 *
 * <p>They are apart because a queue that is sorted by time wakes a second thread for each task: the one that takes the
 * task, and the one that waits for the next in its place.
 */
public final class WorkerPool extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final ThreadPoolExecutor now;
    private final Object sizeLock = new Object();

    /** A pool of so many threads. */
    public WorkerPool(int threads) {
        super(threads);
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(task -> {
            Thread thread = new Thread(task, "timer " + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(WorkerPool.class.getClassLoader());
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        AtomicInteger worker = new AtomicInteger();
        now = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new WorkerThread(this, task, "worker " + worker.incrementAndGet()));
        prestartAllCoreThreads(); // one that a plugin's call makes would keep the plugin in the memory
        now.prestartAllCoreThreads();
    }

    /** One more thread for what is to be done now. */
    void more() {
        synchronized (sizeLock) {
            now.setMaximumPoolSize(now.getCorePoolSize() + 1);
            now.setCorePoolSize(now.getMaximumPoolSize());
            now.prestartAllCoreThreads();
        }
    }

    /** One thread less, as soon as one has nothing to do. */
    void fewer() {
        synchronized (sizeLock) {
            now.setCorePoolSize(now.getCorePoolSize() - 1);
            now.setMaximumPoolSize(now.getCorePoolSize());
        }
    }

    /* Whoever hands over a task reports what goes wrong in it; what passes even that must not end a thread. */
    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("a task of a worker failed", failure);
        }
    }

    @Override
    public void execute(Runnable task) {
        now.execute(() -> logged(task));
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = super.shutdownNow();
        left.addAll(now.shutdownNow());
        return left;
    }

    @Override
    public void shutdown() {
        super.shutdown();
        now.shutdown();
    }
}
