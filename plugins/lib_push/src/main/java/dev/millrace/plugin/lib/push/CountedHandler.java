package dev.millrace.plugin.lib.push;

import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Counts answers by status, so that clients whose requests are refused are seen here as well. Thread-safe. */
public final class CountedHandler implements HttpHandler {
    private final HttpHandler handler;
    private final Metrics metrics;
    private final Map<Integer, Counter> counters = new ConcurrentHashMap<>();

    /** Counts the answers of {@code handler}. */
    public CountedHandler(HttpHandler handler, Metrics metrics) {
        this.handler = handler;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return handler.handle(request)
                .whenComplete((answer, failure) -> count(failure == null ? answer.status() : 500));
    }

    private void count(int status) {
        counters.computeIfAbsent(status, this::counter).increment();
    }

    private Counter counter(int status) {
        return metrics.counter(
                "millrace_input_requests_total", "Requests answered, by status.", "code", Integer.toString(status));
    }
}
