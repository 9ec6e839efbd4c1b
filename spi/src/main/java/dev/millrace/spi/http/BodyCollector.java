package dev.millrace.spi.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers a body into a buffer, up to a limit. */
final class BodyCollector implements Flow.Subscriber<ByteBuffer> {
    private final BodyBuffer target;
    private final long limit;
    private final CompletableFuture<BodyBuffer> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long received;

    BodyCollector(BodyBuffer target, long limit) {
        this.target = target;
        this.limit = limit;
    }

    CompletionStage<BodyBuffer> result() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (result.isDone()) {
            return;
        }
        received += piece.remaining();
        if (received > limit) {
            if (subscription != null) {
                subscription.cancel();
            }
            result.completeExceptionally(new BodyTooLargeException(limit));
            return;
        }
        target.write(piece);
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(target);
    }
}
