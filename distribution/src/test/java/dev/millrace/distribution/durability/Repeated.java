package dev.millrace.distribution.durability;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What a thread of its own does again and again until it is closed, and which can be held still. */
final class Repeated implements AutoCloseable {
    private final LongSupplier action;
    private final Thread thread;
    private final ReentrantLock acting = new ReentrantLock(true);
    private volatile boolean ended;

    /**
     * Starts it.
     *
     * @param action gives the nanoseconds to wait before it is done again
     */
    Repeated(String name, LongSupplier action) {
        this.action = action;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended) {
            LockSupport.parkNanos(actAlone());
        }
    }

    private long actAlone() {
        acting.lock();
        try {
            return action.getAsLong();
        } finally {
            acting.unlock();
        }
    }

    /** Does something while the action is not done. */
    <T> T still(Callable<T> what) throws Exception {
        acting.lock();
        try {
            return what.call();
        } finally {
            acting.unlock();
        }
    }

    /** Does it no more. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " did not end");
        }
    }
}
