package dev.millrace.core.host;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which plugins compute: as many for what is to be done now as there are cores, and as many for what is
 * to be done later.
 *
 * <p>They are apart because a queue that is sorted by time wakes a second thread for each task: the one that takes the
 * task, and the one that waits for the next in its place.
 */
final class WorkerPool extends ScheduledThreadPoolExecutor {
    private final ThreadPoolExecutor now;

    WorkerPool(int threads, ThreadFactory factory) {
        super(threads, factory);
        setRemoveOnCancelPolicy(true);
        now = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public void execute(Runnable task) {
        now.execute(task);
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
