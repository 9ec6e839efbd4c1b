package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for the bodies of requests, used again, that given back last first: few are touched where few requests are on
 * their way. Keeps at most 8 of at most 4 MiB each, and lets those go that lay unused while many others were taken.
 * Thread-safe.
 */
final class BodyPool {
    private static final int LARGEST_KEPT = 4 << 20;
    private static final int MOST_KEPT = 8;

    /** After how many takes those go that none of them needed. */
    private static final int TAKES = 256;

    private final Object lock = new Object();
    private final ArrayDeque<BodyBuffer> free = new ArrayDeque<>(MOST_KEPT);
    private int takes;
    private int unused;

    /** An empty buffer. */
    BodyBuffer take() {
        synchronized (lock) {
            BodyBuffer buffer = free.pollFirst();
            unused = Math.min(unused, free.size());
            takes++;
            if (takes == TAKES) {
                removeUnused();
            }
            return buffer != null ? buffer : new BodyBuffer(64 << 10);
        }
    }

    /** Gives a buffer back that nothing reads any more. */
    void giveBack(BodyBuffer buffer) {
        synchronized (lock) {
            if (buffer.capacity() <= LARGEST_KEPT && free.size() < MOST_KEPT) {
                buffer.clear();
                free.addFirst(buffer);
            }
        }
    }

    private void removeUnused() {
        for (; unused > 0; unused--) {
            free.removeLast();
        }
        unused = free.size();
        takes = 0;
    }
}
