package dev.millrace.spi.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body that stands in memory, with what is behind it. */
record ByteArrayBody(byte[] bytes, int offset, int size, HttpHeaders trailers) implements HttpBody {
    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public Optional<ByteBuffer> inMemory() {
        return Optional.of(ByteBuffer.wrap(bytes, offset, size).asReadOnlyBuffer());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        AtomicBoolean done = new AtomicBoolean();
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long pieces) {
                if (!done.compareAndSet(false, true)) {
                    return;
                }
                if (pieces <= 0) {
                    subscriber.onError(new IllegalArgumentException("pieces: " + pieces + " (expected: > 0)"));
                    return;
                }
                if (size > 0) {
                    subscriber.onNext(ByteBuffer.wrap(bytes, offset, size).asReadOnlyBuffer());
                }
                subscriber.onComplete();
            }

            @Override
            public void cancel() {
                done.set(true);
            }
        });
    }
}
