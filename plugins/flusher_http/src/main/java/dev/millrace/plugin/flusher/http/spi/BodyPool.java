package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers for the bodies of requests, used again. Keeps at most 8 of at most 2 MiB each. Thread-safe. */
final class BodyPool {
    private static final int LARGEST_KEPT = 2 << 20;

    private final ArrayBlockingQueue<BodyBuffer> free = new ArrayBlockingQueue<>(8);

    /** An empty buffer. */
    BodyBuffer take() {
        BodyBuffer buffer = free.poll();
        return buffer != null ? buffer : new BodyBuffer(64 << 10);
    }

    /** Gives a buffer back that nothing reads any more. */
    void giveBack(BodyBuffer buffer) {
        if (buffer.capacity() <= LARGEST_KEPT) {
            buffer.clear();
            free.offer(buffer);
        }
    }
}
