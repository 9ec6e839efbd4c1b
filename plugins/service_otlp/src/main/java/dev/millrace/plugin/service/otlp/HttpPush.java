package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.json.JsonRequests;
import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.plugin.lib.push.Push;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * OTLP over HTTP ("OTLP/HTTP"): an answer is written as the request is, and says with 200 that the journal holds the data,
 * but for items that it counts; with any other status it is a {@code google.rpc.Status}. Thread-safe.
 */
final class HttpPush implements Push {
    private final Map<Signal, Exporter> exporters;

    HttpPush(Map<Signal, Exporter> exporters) {
        this.exporters = exporters;
    }

    @Override
    public Optional<Problem> check(HttpRequest request) {
        String path = request.uri().getPath();
        if (exporter(request).isEmpty()) {
            return Optional.of(Problem.of(404, "path: " + path + " (expected: /v1/metrics, /v1/logs or /v1/traces)"));
        }
        if (request.method().equals("POST") && Encoding.of(request).isEmpty()) {
            return Optional.of(Encoding.unsupported(request));
        }
        return Optional.empty();
    }

    @Override
    public CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer body) throws DecodingException {
        Signal signal = Signal.ofPath(request.uri().getPath()).orElseThrow();
        boolean json = Encoding.of(request).orElseThrow() == Encoding.JSON;
        BodyBuffer protobuf = json ? JsonRequests.toProtobuf(signal.request(), body) : body;
        return exporter(request)
                .orElseThrow()
                .export(protobuf)
                .thenApply(export -> export instanceof Export.Refused refused
                        ? refused(request, refused.problem())
                        : kept(request, signal, (Export.Kept) export));
    }

    @Override
    public HttpResponse refused(HttpRequest request, Problem problem) {
        Encoding encoding = Encoding.of(request).orElse(Encoding.JSON);
        GrpcStatus code = GrpcStatus.ofHttp(problem.status());
        byte[] body = encoding == Encoding.JSON ? Answers.json(code, problem) : Answers.protobuf(code, problem);
        return new HttpResponse(problem.status(), problem.allHeaders().withAll(encoding.headers()), HttpBody.of(body));
    }

    private static HttpResponse kept(HttpRequest request, Signal signal, Export.Kept kept) {
        Encoding encoding = Encoding.of(request).orElseThrow();
        byte[] body = encoding == Encoding.JSON ? Answers.json(kept, signal) : Answers.protobuf(kept);
        return new HttpResponse(200, encoding.headers(), HttpBody.of(body));
    }

    private Optional<Exporter> exporter(HttpRequest request) {
        return Signal.ofPath(request.uri().getPath()).map(exporters::get);
    }
}
