package dev.millrace.plugin.lib.push;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of memory that all bodies being received at the same time may take. Thread-safe. */
public final class BodyBudget {
    /** How much of the heap they take at most, where nobody says more. */
    private static final long HEAP_SHARE = 8;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** At most so many. */
    public BodyBudget(long limit) {
        this.limit = limit;
    }

    /** An eighth of the heap, or {@code least} where that is more. */
    public static BodyBudget ofHeap(long least) {
        return new BodyBudget(Math.max(least, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /** Takes bytes, which must be given back, or returns false where there are not as many. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives bytes back. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
