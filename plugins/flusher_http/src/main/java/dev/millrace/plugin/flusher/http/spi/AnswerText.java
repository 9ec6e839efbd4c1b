package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says of an error: the first KiB.
 *
 * <p>It reads on to the end of a moderately long answer, so that the connection can be used again, and gives up the
 * connection beyond that. An answer that breaks off is as good as what came of it.
 */
final class AnswerText implements Flow.Subscriber<ByteBuffer> {
    private static final int KEPT = 1 << 10;
    private static final int READ = 64 << 10;

    private final BodyBuffer text = new BodyBuffer(KEPT);
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private int received;

    /** Reads a body; the stage never fails. */
    static CompletionStage<String> of(HttpBody body) {
        AnswerText reader = new AnswerText();
        body.subscribe(reader);
        return reader.result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        received += piece.remaining();
        piece.limit(piece.position() + Math.min(piece.remaining(), KEPT - text.length()));
        text.write(piece);
        if (received > READ && subscription != null) {
            subscription.cancel();
            result.complete(text.toString());
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.complete(text.toString());
    }

    @Override
    public void onComplete() {
        result.complete(text.toString());
    }
}
