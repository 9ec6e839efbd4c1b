package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Tells a body that nobody will read it, so that it can let go of what it holds. */
final class UnreadBody implements Flow.Subscriber<ByteBuffer> {
    private UnreadBody() {}

    static void drop(HttpBody body, Workers workers) {
        if (body.inMemory().isEmpty()) {
            workers.runInAnyCase(() -> body.subscribe(new UnreadBody()));
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(ByteBuffer piece) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
