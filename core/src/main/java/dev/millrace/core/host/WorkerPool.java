package dev.millrace.core.host;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which plugins compute: as many for what is to be done now as there are cores, and as many for what is
 * to be done later.
 *
 * <p>They are apart because a queue that is sorted by time wakes a second thread for each task: the one that takes the
 * task, and the one that waits for the next in its place.
 */
final class WorkerPool extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final ThreadPoolExecutor now;

    WorkerPool(int threads, ThreadFactory factory) {
        super(threads, factory);
        setRemoveOnCancelPolicy(true);
        now = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        prestartAllCoreThreads(); // one that a plugin's call makes would keep the plugin in the memory
        now.prestartAllCoreThreads();
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
