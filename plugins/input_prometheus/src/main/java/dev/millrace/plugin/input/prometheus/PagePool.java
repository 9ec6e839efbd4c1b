package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for pages, used again. Keeps those given back up to a number of bytes in all; those that are taken count against
 * the budget with all their room. Thread-safe.
 */
final class PagePool {
    private static final int SMALLEST = 16 << 10;

    private final Object lock = new Object();
    private final ArrayDeque<BodyBuffer> free = new ArrayDeque<>();
    private final long largestKept;
    private final PageBudget budget;
    private long kept;

    PagePool(long largestKept, PageBudget budget) {
        this.largestKept = largestKept;
        this.budget = budget;
    }

    /** An empty buffer, the one given back last where there is any. */
    BodyBuffer take() {
        BodyBuffer buffer = kept();
        budget.charge(buffer.capacity());
        return buffer;
    }

    private BodyBuffer kept() {
        synchronized (lock) {
            BodyBuffer buffer = free.poll();
            if (buffer != null) {
                kept -= buffer.capacity();
                return buffer;
            }
        }
        return new BodyBuffer(SMALLEST);
    }

    /**
     * Makes room for {@code count} more bytes, at least doubling the buffer where it has to grow.
     *
     * @throws ScrapeException if there is no memory for it
     */
    void reserve(BodyBuffer buffer, int count) throws ScrapeException {
        long before = buffer.capacity();
        long needed = (long) buffer.length() + count;
        if (needed <= before) {
            return;
        }
        long after = Math.max(needed, 2 * before);
        if (after > budget.pageLimit() || !budget.take(after)) { // both exist while one is copied into the other
            throw new ScrapeException("body: more than " + before
                    + " bytes, for which there is no memory (expected: less, or" + " a larger heap, MILLRACE_HEAP)");
        }
        try {
            buffer.reserve((int) (after - buffer.length()));
        } finally {
            budget.giveBack(before + after - buffer.capacity());
        }
    }

    /** The largest buffer that there is memory for. */
    long largest() {
        return budget.pageLimit();
    }

    /** Gives a buffer back that nothing uses any more. */
    void giveBack(BodyBuffer buffer) {
        budget.giveBack(buffer.capacity());
        buffer.clear();
        synchronized (lock) {
            if (kept + buffer.capacity() <= largestKept) {
                kept += buffer.capacity();
                free.push(buffer);
            }
        }
    }
}
