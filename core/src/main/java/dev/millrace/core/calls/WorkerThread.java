package dev.millrace.core.calls;

/** A thread of a pool that can have more of them for a while. */
final class WorkerThread extends Thread {
    private final WorkerPool pool;

    WorkerThread(WorkerPool pool, Runnable task, String name) {
        super(task, name);
        this.pool = pool;
        setDaemon(true);
        setContextClassLoader(WorkerThread.class.getClassLoader());
    }

    WorkerPool pool() {
        return pool;
    }
}
