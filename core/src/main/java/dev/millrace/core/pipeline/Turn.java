package dev.millrace.core.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn of a component that is called by one thread at a time. Where whoever has it does not come back, it is broken:
 * nobody gets it any more, and nobody waits for it.
 */
final class Turn {
    private static final long LOOK_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean broken;

    /** Waits for the turn; false where it is broken. Whoever gets it {@linkplain #end ends} it. */
    boolean take() {
        boolean interrupted = false;
        try {
            while (!broken) {
                try {
                    if (lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true; // whoever waits has something to hand on first
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives it to the next. */
    void end() {
        lock.unlock();
    }

    /** Whether this thread has it. */
    boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    boolean isBroken() {
        return broken;
    }

    /** Who has it does not come back. */
    void breakUp() {
        broken = true;
    }
}
