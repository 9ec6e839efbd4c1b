package dev.millrace.core.journal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A daemon thread that takes the turns of a journal. To obey an interrupt would close its channel, so it doesn't. */
final class JournalThread implements Turns, Runnable {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Object lock = new Object();
    private final Thread thread;
    private @Nullable Turn turn;
    private boolean woken;

    JournalThread(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void start(Turn newTurn) {
        turn = newTurn;
        thread.start();
    }

    @Override
    public void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    @Override
    public void run() {
        Turn current = turn;
        if (current == null) {
            throw new IllegalStateException("turn: none (expected: start() before run())");
        }
        try {
            for (long next = current.take(now()); next != Turn.END; next = current.take(now())) {
                await(next);
            }
        } finally {
            current.ended();
        }
    }

    private void await(long time) {
        synchronized (lock) {
            for (long left = left(time); left > 0 && !woken; left = left(time)) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.min(left, LONGEST_WAIT_NANOS));
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
            woken = false;
        }
    }

    private long left(long time) {
        return time == Turn.NEVER ? LONGEST_WAIT_NANOS : time - now();
    }

    @Override
    public void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
