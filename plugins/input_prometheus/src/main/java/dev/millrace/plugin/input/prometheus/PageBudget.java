package dev.millrace.plugin.input.prometheus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of memory that all pages may take while they are read. Thread-safe.
 *
 * <p>One page may take half of them, so that a target whose page never ends does not keep others from being read.
 */
final class PageBudget {
    /** What all inputs of the process share: a quarter of the heap. */
    static final PageBudget SHARED = new PageBudget(Runtime.getRuntime().maxMemory() / 4);

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    PageBudget(long limit) {
        this.limit = limit;
    }

    /** What one page may take. */
    long pageLimit() {
        return limit / 2;
    }

    /** Takes bytes, which must be given back, or returns false where there are not as many. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Takes bytes, which must be given back, even where there are not as many. */
    void charge(long bytes) {
        used.addAndGet(bytes);
    }

    /** The bytes that are taken. */
    long used() {
        return used.get();
    }

    /** Gives bytes back. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
