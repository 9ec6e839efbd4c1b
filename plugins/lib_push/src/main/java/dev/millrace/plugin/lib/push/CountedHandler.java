package dev.millrace.plugin.lib.push;

import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Counts answers by status, or what a protocol has in its place, so that clients whose requests are refused are seen here as well. Thread-safe. */
public final class CountedHandler implements HttpHandler {
    private static final String FAILED = "500";

    private final HttpHandler handler;
    private final Metrics metrics;
    private final Function<HttpResponse, String> code;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /** Counts the answers of {@code handler}. */
    public CountedHandler(HttpHandler handler, Metrics metrics) {
        this(handler, metrics, answer -> Integer.toString(answer.status()));
    }

    /**
     * Counts the answers of {@code handler}.
     *
     * @param code the status of an answer
     */
    public CountedHandler(HttpHandler handler, Metrics metrics, Function<HttpResponse, String> code) {
        this.handler = handler;
        this.metrics = metrics;
        this.code = code;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return handler.handle(request)
                .whenComplete((answer, failure) -> count(failure == null ? code.apply(answer) : FAILED));
    }

    private void count(String status) {
        counters.computeIfAbsent(status, this::counter).increment();
    }

    private Counter counter(String status) {
        return metrics.counter("millrace_input_requests_total", "Requests answered, by status.", "code", status);
    }
}
