package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.plugin.lib.push.Push;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * OTLP over gRPC ("gRPC over HTTP2"): unary calls, whose status comes behind the body. What may be sent again is
 * {@code UNAVAILABLE} or {@code RESOURCE_EXHAUSTED}, with when ("OTLP/gRPC Throttling"). Thread-safe.
 */
final class GrpcPush implements Push {
    private static final String CONTENT_TYPE = "application/grpc";
    private static final String STATUS = "grpc-status";
    private static final String IDENTITY = "identity";

    private final Map<Signal, Exporter> exporters;
    private final GrpcMessages messages;
    private final ScheduledExecutorService scheduler;

    GrpcPush(Map<Signal, Exporter> exporters, GrpcMessages messages, ScheduledExecutorService scheduler) {
        this.exporters = exporters;
        this.messages = messages;
        this.scheduler = scheduler;
    }

    @Override
    public Optional<Problem> check(HttpRequest request) {
        if (!isGrpc(request)) {
            return Optional.of(Problem.of(
                    415,
                    "Content-Type: " + request.headers().first("Content-Type").orElse("none") + " (expected: "
                            + CONTENT_TYPE + "; OTLP over HTTP has a port of its own)"));
        }
        if (exporter(request).isEmpty()) {
            return Optional.of(Problem.of(
                    404,
                    "method: " + request.uri().getPath() + " (expected: such as " + Signal.METRICS.method() + ")"));
        }
        String encoding = encoding(request);
        if (!messages.supports(encoding)) {
            return Optional.of(new Problem(
                    415,
                    "grpc-encoding: " + encoding + " (expected: one of " + messages.supported() + ")",
                    Optional.empty(),
                    HttpHeaders.of("grpc-accept-encoding", messages.supported())));
        }
        return Optional.empty();
    }

    @Override
    public CompletionStage<HttpResponse> accept(HttpRequest request, BodyBuffer body) throws DecodingException {
        BodyBuffer message;
        try {
            message = messages.read(body, encoding(request));
        } catch (BodyTooLargeException e) {
            return CompletableFuture.completedFuture(refused(request, Problem.of(413, String.valueOf(e.getMessage()))));
        }
        CompletionStage<HttpResponse> answer = exporter(request)
                .orElseThrow()
                .export(message)
                .thenApply(export -> export instanceof Export.Refused refused
                        ? refused(request, refused.problem())
                        : kept((Export.Kept) export));
        Optional<Duration> timeout = request.headers().first("grpc-timeout").flatMap(GrpcTimeout::parse);
        return timeout.isPresent() ? within(timeout.get(), answer) : answer;
    }

    @Override
    public HttpResponse refused(HttpRequest request, Problem problem) {
        if (!isGrpc(request)) {
            return problem.text();
        }
        GrpcStatus code = GrpcStatus.ofHttp(problem.status());
        HttpHeaders trailers = trailers(code, problem.message());
        if (problem.retryAfter().isPresent()) {
            byte[] details = Answers.protobuf(code, problem);
            trailers = trailers.with(
                    "grpc-status-details-bin",
                    Base64.getEncoder().withoutPadding().encodeToString(details));
        }
        return answer(problem.headers(), new byte[0], trailers);
    }

    /** The status of an answer, by its name in gRPC, or that of HTTP where the request was none of gRPC. */
    static String code(HttpResponse answer) {
        return answer.body()
                .trailers()
                .first(STATUS)
                .map(number -> GrpcStatus.ofNumber(Integer.parseInt(number)).name())
                .orElse(Integer.toString(answer.status()));
    }

    private static HttpResponse kept(Export.Kept kept) {
        return answer(
                HttpHeaders.EMPTY,
                GrpcMessages.write(Answers.protobuf(kept)),
                HttpHeaders.of(STATUS, Integer.toString(GrpcStatus.OK.number())));
    }

    private static HttpResponse answer(HttpHeaders headers, byte[] body, HttpHeaders trailers) {
        return new HttpResponse(200, headers.with("Content-Type", CONTENT_TYPE), HttpBody.of(body, trailers));
    }

    private static HttpHeaders trailers(GrpcStatus code, String message) {
        return HttpHeaders.of(STATUS, Integer.toString(code.number()), "grpc-message", PercentEncoding.of(message));
    }

    /* The data may be kept all the same: a client that has no answer sends again. */
    private CompletionStage<HttpResponse> within(Duration timeout, CompletionStage<HttpResponse> answer) {
        CompletableFuture<HttpResponse> first = new CompletableFuture<>();
        Future<?> late = scheduler.schedule(
                () -> first.complete(answer(
                        HttpHeaders.EMPTY,
                        new byte[0],
                        trailers(GrpcStatus.DEADLINE_EXCEEDED, "no answer from the journal within " + timeout))),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        answer.whenComplete((response, failure) -> {
            late.cancel(false);
            if (failure == null) {
                first.complete(response);
            } else {
                first.completeExceptionally(failure);
            }
        });
        return first;
    }

    private static boolean isGrpc(HttpRequest request) {
        String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.equals(CONTENT_TYPE)
                || type.startsWith(CONTENT_TYPE + "+proto")
                || type.startsWith(CONTENT_TYPE + ";");
    }

    private static String encoding(HttpRequest request) {
        return request.headers().first("grpc-encoding").orElse(IDENTITY).toLowerCase(Locale.ROOT);
    }

    private Optional<Exporter> exporter(HttpRequest request) {
        return Signal.ofMethod(request.uri().getPath()).map(exporters::get);
    }
}
