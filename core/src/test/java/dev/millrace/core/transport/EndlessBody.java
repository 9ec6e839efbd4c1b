package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A body without end, in pieces of 10 KiB, which counts what it was asked for. */
final class EndlessBody implements HttpBody {
    static final int PIECE = 10 * 1024;

    private final CountDownLatch cancelled;
    private final AtomicLong published = new AtomicLong();

    EndlessBody(CountDownLatch cancelled) {
        this.cancelled = cancelled;
    }

    /** The number of bytes that it was asked for. */
    long published() {
        return published.get();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                for (long i = 0; i < count && cancelled.getCount() > 0; i++) {
                    published.addAndGet(PIECE);
                    subscriber.onNext(ByteBuffer.allocate(PIECE));
                }
            }

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        });
    }
}
