package dev.millrace.plugin.service.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.BatchSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Hands what clients push to the pipeline.
 *
 * <pre>
 * 204  the journal holds all of it, at the pipeline's durability
 * 400  the body is damaged, and why
 * 401  WWW-Authenticate: the authenticator does not know who is asking
 * 403  no credentials would let the client in
 * 404  another path
 * 405  another method than POST
 * 413  the body is too large, as received or decompressed
 * 415  a content type or content encoding that is not read
 * 429  Retry-After: too much at once or in a second, or a flusher has used up its share of the journal
 * 500  Retry-After: a processor failed
 * 503  Retry-After: the disk is full, the journal cannot be written, or the pipeline is stopping
 * </pre>
 *
 * <p>Of a request that is refused a part may be kept, where its decoder makes several batches of it; the client sends
 * it again whole. Every answer has the header fields that the decoder wants in it. Thread-safe.
 */
final class PushHandler implements HttpHandler {
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final String path;
    private final String format;
    private final RequestLabels labels;
    private final BodyReader bodies;
    private final RateLimits rates;
    private final Decoder decoder;
    private final BatchSink sink;

    PushHandler(HttpServerOptions options, BodyReader bodies, RateLimits rates, Decoder decoder, BatchSink sink) {
        this.path = options.servedPath();
        this.format = options.format().text();
        this.labels = new RequestLabels(options);
        this.bodies = bodies;
        this.rates = rates;
        this.decoder = decoder;
        this.sink = sink;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<HttpResponse> answer = beforeTheBody(request);
        if (answer.isPresent()) {
            return CompletableFuture.completedFuture(nothingKept(request, answer.get()));
        }
        Optional<CompletionStage<BodyBuffer>> received = bodies.receive(request);
        if (received.isEmpty()) {
            HttpResponse later = Answers.later(429, "too many bodies at once (expected: a pause)", BUSY);
            return CompletableFuture.completedFuture(nothingKept(request, later));
        }
        return received.get()
                .thenCompose(body -> accept(request, body))
                .exceptionally(failure -> nothingKept(request, unreadable(failure)));
    }

    private HttpResponse nothingKept(HttpRequest request, HttpResponse answer) {
        return Answers.with(decoder.answer(format, request.headers(), List.of()), answer);
    }

    /* What can be said without reading the body is said before it takes memory. */
    private Optional<HttpResponse> beforeTheBody(HttpRequest request) {
        if (!path.equals(request.uri().getPath())) {
            return Optional.of(Answers.error(404, "path: " + request.uri().getPath() + " (expected: " + path + ")"));
        }
        if (!request.method().equals("POST")) {
            return Optional.of(Answers.methodNotAllowed(request.method()));
        }
        if (!bodies.supports(request)) {
            return Optional.of(Answers.error(
                    415,
                    "Content-Encoding: " + String.join(", ", request.headers().all("Content-Encoding"))
                            + " (expected: one of " + bodies.supported() + ", identity)"));
        }
        Duration delay = rates.delay();
        if (!delay.isZero()) {
            return Optional.of(Answers.later(429, "too much in a second (expected: a pause)", delay));
        }
        return sink.refusal().map(Answers::refused);
    }

    private CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer received) {
        rates.received(received.length());
        List<EventBatch> batches;
        try {
            BodyBuffer body = bodies.decompress(request, received);
            batches = labels.on(request, decoder.decode(format, request.headers(), body));
        } catch (DecodingException e) {
            HttpResponse refused = Answers.error(e.unsupported() ? 415 : 400, String.valueOf(e.getMessage()));
            return CompletableFuture.completedFuture(nothingKept(request, refused));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        return PushAcknowledgement.hand(batches, sink).thenApply(result -> {
            HttpResponse answer = result.refusal().map(Answers::refused).orElseGet(Answers::committed);
            return Answers.with(decoder.answer(format, request.headers(), result.kept()), answer);
        });
    }

    /* Mistakes in the decoder or the pipeline pass: the host answers 500 and logs them. */
    private static HttpResponse unreadable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BodyTooLargeException) {
            return Answers.error(413, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof IOException) {
            return Answers.error(400, String.valueOf(cause.getMessage()));
        }
        throw new CompletionException(cause);
    }
}
