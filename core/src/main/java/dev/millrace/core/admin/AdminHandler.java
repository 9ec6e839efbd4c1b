package dev.millrace.core.admin;

import dev.millrace.core.json.JsonText;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers at the admin address.
 *
 * <pre>
 * GET  /metrics                  metrics of the host and its components
 * GET  /-/healthy                200 as long as the process serves
 * GET  /-/ready                  200 when every pipeline runs or is reported as failed, else 503
 * GET  /-/ready?pipeline=NAME    200 when that pipeline runs, 503 when it does not, 404 when there is none
 *                                both name what is not ok, a line each; ?format=json gives all components as below
 * GET  /api/v1/status            how all is, as JSON; ?format=text as a page of ?width=N columns, with ?colour=true or not
 * GET  /api/v1/components         in which state each component is, of ?pipeline= or all, as JSON
 * GET  /api/v1/NAME              what components, of ?pipeline= or all, show under a name, such as targets, as JSON
 * GET  /api/v1/tap               what passes components from now on, as lines without an end; see {@link TapAnswer}
 * GET  /api/v1/config            the configuration that runs, with all defaults and without secrets, as YAML
 * GET  /api/v1/config/diff       in what the files differ from that: 200, or 500 with what is wrong in them;
 *                                with ?files=NAME those of a list that a command left in the data folder
 * POST /api/v1/dead-letters/replay   sends dead letters again, of ?pipeline=, ?flusher= and ?letter=, and answers when that
 *                                is done: 200, or 500 where one was rejected again or stays
 * POST /-/reload                 takes the configuration as it is now: 200, or 500 with what is wrong
 * POST /-/reload?dry-run=true    says what that would change, and changes nothing
 * </pre>
 */
public final class AdminHandler implements HttpHandler {
    private static final String SHOWN = "/api/v1/";
    private static final int PAGE_BYTES = 64 << 10;

    private final Operations operations;
    private final MetricRegistry metrics;
    private final TapAnswer taps;

    /** A handler. */
    public AdminHandler(Operations operations, MetricRegistry metrics, TapAnswer taps) {
        this.operations = operations;
        this.metrics = metrics;
        this.taps = taps;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        String path = request.uri().getPath();
        return switch (path == null ? "" : path) {
            case "/metrics" -> get ? done(metrics(request)) : notAllowed("GET");
            case "/-/healthy" -> get ? done(HttpResponse.text(200, "healthy\n")) : notAllowed("GET");
            case "/-/ready" -> get ? done(HealthAnswer.ready(request, operations)) : notAllowed("GET");
            case "/api/v1/status" -> get ? done(StatusAnswer.to(request, operations)) : notAllowed("GET");
            case "/api/v1/components" -> get ? done(HealthAnswer.components(request, operations)) : notAllowed("GET");
            case "/api/v1/tap" ->
                request.method().equals("GET") ? done(taps.to(request, operations)) : notAllowed("GET");
            case "/api/v1/config" -> get ? answered(operations.effective()) : notAllowed("GET");
            case "/api/v1/config/diff" -> get ? differences(request) : notAllowed("GET");
            case "/-/reload" -> request.method().equals("POST") ? reload(request) : notAllowed("POST");
            case "/api/v1/dead-letters/replay" ->
                request.method().equals("POST") ? replay(request) : notAllowed("POST");
            case "/" -> get ? done(index()) : notAllowed("GET");
            default -> done(get ? shown(request) : notFound());
        };
    }

    private HttpResponse shown(HttpRequest request) {
        String path = String.valueOf(request.uri().getPath());
        String name = path.startsWith(SHOWN) ? path.substring(SHOWN.length()) : "";
        try {
            return operations
                    .shown(name, QueryParameters.of(request.uri()).value("pipeline"))
                    .map(data -> StatusAnswer.json(200, JsonText.of(Map.of("status", "success", "data", data))))
                    .orElseGet(AdminHandler::notFound);
        } catch (IllegalArgumentException e) {
            return HttpResponse.text(400, e.getMessage() + "\n");
        }
    }

    private HttpResponse metrics(HttpRequest request) {
        BodyBuffer page = new BodyBuffer(PAGE_BYTES);
        String contentType;
        try {
            contentType = metrics.write(page, request.headers().first("Accept").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a buffer in memory does not fail
        }
        return new HttpResponse(200, HttpHeaders.of("Content-Type", contentType), HttpBody.of(page));
    }

    private CompletionStage<HttpResponse> reload(HttpRequest request) {
        boolean dry = QueryParameters.of(request.uri())
                .value("dry-run")
                .map("true"::equals)
                .orElse(false);
        return answered(dry ? operations.planned() : operations.reload());
    }

    private static CompletionStage<HttpResponse> answered(CompletionStage<Operations.Report> came) {
        return came.thenApply(report -> HttpResponse.text(report.ok() ? 200 : 500, report.text()));
    }

    private CompletionStage<HttpResponse> differences(HttpRequest request) {
        try {
            return answered(operations.changed(QueryParameters.of(request.uri()).value("files")));
        } catch (IllegalArgumentException e) {
            return done(HttpResponse.text(400, e.getMessage() + "\n"));
        }
    }

    private CompletionStage<HttpResponse> replay(HttpRequest request) {
        QueryParameters query = QueryParameters.of(request.uri());
        try {
            return answered(operations.replay(query.value("pipeline"), query.value("flusher"), query.value("letter")));
        } catch (IllegalArgumentException e) {
            return done(HttpResponse.text(400, e.getMessage() + "\n"));
        }
    }

    private static HttpResponse notFound() {
        return HttpResponse.text(404, "not found; see /\n");
    }

    private static HttpResponse index() {
        return HttpResponse.text(200, """
                Millrace

                GET /metrics
                GET /api/v1/status[?format=text]
                GET /api/v1/targets[?pipeline=NAME]
                GET /api/v1/components[?pipeline=NAME]
                GET /api/v1/tap[?pipeline=NAME][&component=ID]
                GET /api/v1/config
                GET /api/v1/config/diff
                GET /-/healthy
                GET /-/ready[?pipeline=NAME]
                POST /api/v1/dead-letters/replay[?pipeline=NAME][&flusher=ID][&letter=NAME]
                POST /-/reload
                """);
    }

    private static CompletionStage<HttpResponse> notAllowed(String allowed) {
        HttpResponse answer = HttpResponse.text(405, "use " + allowed + "\n");
        return done(new HttpResponse(answer.status(), answer.headers().with("Allow", allowed), answer.body()));
    }

    private static CompletionStage<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
