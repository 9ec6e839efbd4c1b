package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import java.util.ArrayDeque;

/** Buffers for pages, used again. Keeps those given back up to a number of bytes in all. Thread-safe. */
final class PagePool {
    private static final int SMALLEST = 16 << 10;

    private final Object lock = new Object();
    private final ArrayDeque<BodyBuffer> free = new ArrayDeque<>();
    private final long largestKept;
    private long kept;

    PagePool(long largestKept) {
        this.largestKept = largestKept;
    }

    /** An empty buffer, the one given back last where there is any. */
    BodyBuffer take() {
        synchronized (lock) {
            BodyBuffer buffer = free.poll();
            if (buffer != null) {
                kept -= buffer.capacity();
                return buffer;
            }
        }
        return new BodyBuffer(SMALLEST);
    }

    /** Gives a buffer back that nothing uses any more. */
    void giveBack(BodyBuffer buffer) {
        buffer.clear();
        synchronized (lock) {
            if (kept + buffer.capacity() <= largestKept) {
                kept += buffer.capacity();
                free.push(buffer);
            }
        }
    }
}
