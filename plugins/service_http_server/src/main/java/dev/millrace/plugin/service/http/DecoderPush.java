package dev.millrace.plugin.service.http;

import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.plugin.lib.push.Push;
import dev.millrace.plugin.lib.push.PushAcknowledgement;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.BatchSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A format that a decoder reads: 204 says that the journal holds all of it, at the pipeline's durability; another path is
 * answered with 404.
 *
 * <p>Of a request that is refused a part may be kept, where its decoder makes several batches of it; the client sends
 * it again whole. Every answer has the header fields that the decoder wants in it. Thread-safe.
 */
final class DecoderPush implements Push {
    private final String path;
    private final String format;
    private final RequestLabels labels;
    private final Decoder decoder;
    private final BatchSink sink;

    DecoderPush(HttpServerOptions options, Decoder decoder, BatchSink sink) {
        this.path = options.servedPath();
        this.format = options.format().text();
        this.labels = new RequestLabels(options);
        this.decoder = decoder;
        this.sink = sink;
    }

    @Override
    public Optional<Problem> check(HttpRequest request) {
        String asked = request.uri().getPath();
        return path.equals(asked)
                ? Optional.empty()
                : Optional.of(Problem.of(404, "path: " + asked + " (expected: " + path + ")"));
    }

    @Override
    public CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer body) throws DecodingException {
        List<EventBatch> batches = labels.on(request, decoder.decode(format, request.headers(), body));
        return PushAcknowledgement.hand(batches, sink).thenApply(result -> {
            HttpResponse answer = result.refusal()
                    .map(refusal -> Problem.of(refusal).text())
                    .orElseGet(() -> HttpResponse.empty(204));
            return withFields(request, answer, result.kept());
        });
    }

    @Override
    public HttpResponse refused(HttpRequest request, Problem problem) {
        return withFields(request, problem.text(), List.of());
    }

    private HttpResponse withFields(HttpRequest request, HttpResponse answer, List<EventBatch> kept) {
        return new HttpResponse(
                answer.status(),
                answer.headers().withAll(decoder.answer(format, request.headers(), kept)),
                answer.body());
    }
}
