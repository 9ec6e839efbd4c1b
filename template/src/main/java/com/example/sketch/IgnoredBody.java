package com.example.sketch;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Reads the body of an answer to its end, so that the connection can be used again. */
final class IgnoredBody implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
