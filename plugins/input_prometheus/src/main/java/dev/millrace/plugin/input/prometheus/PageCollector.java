package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the body of an answer into a buffer of the pool, up to a limit and as far as there is memory. Where it fails, it
 * gives the buffer back.
 */
final class PageCollector implements Flow.Subscriber<ByteBuffer> {
    private final PagePool pool;
    private final BodyBuffer buffer;
    private final long limit;
    private final boolean compressed;
    private final PageFormat format;
    private final CompletableFuture<PageFetch.Answer> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    PageCollector(PagePool pool, long limit, boolean compressed, PageFormat format) {
        this.pool = pool;
        this.buffer = pool.take();
        this.limit = limit;
        this.compressed = compressed;
        this.format = format;
    }

    /** Completes when the whole body is there. */
    CompletionStage<PageFetch.Answer> result() {
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
        try {
            if (buffer.length() + (long) piece.remaining() > limit) {
                throw new BodyTooLargeException(limit);
            }
            pool.reserve(buffer, piece.remaining());
            buffer.write(piece);
        } catch (BodyTooLargeException | ScrapeException e) {
            if (subscription != null) {
                subscription.cancel();
            }
            fail(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    @Override
    public void onComplete() {
        result.complete(new PageFetch.Answer(buffer, compressed, format));
    }

    private void fail(Throwable failure) {
        if (!result.isDone()) {
            pool.giveBack(buffer);
            result.completeExceptionally(failure);
        }
    }
}
