package dev.millrace.core.delivery;

import dev.millrace.core.logging.Logging;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A loop on a daemon thread of its own. The thread is never interrupted, because it may hold a file channel. */
final class LoopThread implements Loop, Runnable {
    private static final long LONGEST_WAIT = TimeUnit.HOURS.toNanos(1);

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final long origin = System.nanoTime();
    private final Object endLock = new Object();
    private final String name;
    private final String component;
    private @Nullable Turn turn;
    private boolean ended;

    /** A loop whose thread has a name, and whose log lines have a component. */
    LoopThread(String name, String component) {
        this.name = name;
        this.component = component;
    }

    void start(Turn first) {
        turn = first;
        Thread thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean execute(Runnable task) {
        synchronized (endLock) {
            return !ended && tasks.add(task);
        }
    }

    @Override
    public long now() {
        return System.nanoTime() - origin;
    }

    @Override
    public void run() {
        Turn current = turn;
        if (current == null) {
            throw new IllegalStateException("turn: none (expected: start() before run())");
        }
        MDC.put(Logging.COMPONENT, component);
        try {
            long wake = current.take(now());
            while (wake != Turn.END) {
                runTasks(wake);
                wake = current.take(now());
            }
            end();
        } catch (RuntimeException | Error failure) {
            try {
                current.failed(failure);
            } finally {
                end();
            }
        }
    }

    private void runTasks(long wake) {
        Runnable task = await(wake);
        while (task != null) {
            task.run();
            task = tasks.poll();
        }
    }

    private @Nullable Runnable await(long wake) {
        try {
            return tasks.poll(Math.min(wake - now(), LONGEST_WAIT), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("thread " + name + " was interrupted (expected: never)", e);
        }
    }

    /* Tasks that came before the end are run, so that whoever handed them over hears of them. */
    private void end() {
        synchronized (endLock) {
            ended = true;
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
