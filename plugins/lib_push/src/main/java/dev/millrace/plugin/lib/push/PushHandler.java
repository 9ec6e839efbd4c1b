package dev.millrace.plugin.lib.push;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.BatchSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Receives what clients push, within limits.
 *
 * <pre>
 * 400  the body is damaged, and why
 * 405  another method than POST
 * 413  the body is too large, as received or decompressed
 * 415  a content encoding, or a format, that is not read
 * 429  Retry-After: too much at once or in a second, or a flusher has used up its share of the journal
 * 500  Retry-After: a processor failed
 * 503  Retry-After: the disk is full, the journal cannot be written, or the pipeline is stopping
 * </pre>
 *
 * <p>All other statuses are the protocol's. Thread-safe.
 */
public final class PushHandler implements HttpHandler {
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Push push;
    private final BodyReader bodies;
    private final RateLimits rates;
    private final BatchSink sink;

    /**
     * A handler.
     *
     * @param sink where the protocol puts what it accepts
     */
    public PushHandler(Push push, BodyReader bodies, RateLimits rates, BatchSink sink) {
        this.push = push;
        this.bodies = bodies;
        this.rates = rates;
        this.sink = sink;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<Problem> problem = beforeTheBody(request);
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(push.refused(request, problem.get()));
        }
        Optional<CompletionStage<BodyBuffer>> received = bodies.receive(request);
        if (received.isEmpty()) {
            return CompletableFuture.completedFuture(push.refused(request, noRoom()));
        }
        return received.get()
                .thenCompose(body -> accept(request, body))
                .exceptionally(failure -> push.refused(request, unreadable(failure)));
    }

    /* What can be said without reading the body is said before it takes memory. */
    private Optional<Problem> beforeTheBody(HttpRequest request) {
        Optional<Problem> problem = push.check(request);
        if (problem.isPresent()) {
            return problem;
        }
        if (!request.method().equals("POST")) {
            return Optional.of(Problem.methodNotAllowed(request.method()));
        }
        if (!bodies.supports(request)) {
            return Optional.of(Problem.of(
                    415,
                    "Content-Encoding: " + String.join(", ", request.headers().all("Content-Encoding"))
                            + " (expected: one of " + bodies.supported() + ", identity)"));
        }
        Duration delay = rates.delay();
        if (!delay.isZero()) {
            return Optional.of(Problem.later(429, "too much in a second (expected: a pause)", delay));
        }
        return sink.refusal().map(Problem::of);
    }

    private CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer received) {
        rates.received(received.length());
        try {
            return push.accept(request, bodies.decompress(request, received));
        } catch (DecodingException e) {
            Problem problem = Problem.of(e.unsupported() ? 415 : 400, String.valueOf(e.getMessage()));
            return CompletableFuture.completedFuture(push.refused(request, problem));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Problem noRoom() {
        return Problem.later(429, "too many bodies at once (expected: a pause)", BUSY);
    }

    /* Mistakes in a decoder or the pipeline pass: the host answers 500 and logs them. */
    private static Problem unreadable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BudgetedBody.NoRoomException) {
            return noRoom();
        }
        if (cause instanceof BodyTooLargeException) {
            return Problem.of(413, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof IOException) {
            return Problem.of(400, String.valueOf(cause.getMessage()));
        }
        throw new CompletionException(cause);
    }
}
