package dev.millrace.core.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Where plugin code runs. */
final class Workers {
    private final Executor executor;

    Workers(Executor executor) {
        this.executor = executor;
    }

    /** Runs a task on a worker; false, and it is not run, where the host has stopped its workers. */
    boolean run(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    /** Runs a task on a worker, or here where the host has stopped its workers: for news that must arrive. */
    void runInAnyCase(Runnable task) {
        if (!run(task)) {
            task.run();
        }
    }
}
