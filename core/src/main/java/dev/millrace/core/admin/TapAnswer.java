package dev.millrace.core.admin;

import dev.millrace.core.matching.SeriesSelector;
import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.tap.Tap;
import dev.millrace.core.tap.TapRequest;
import dev.millrace.core.tap.Taps;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Answers with what passes components, as lines that come as long as the client reads them.
 *
 * <pre>
 * pipeline   of this pipeline only
 * component  of this component only, by ID
 * side       in: what comes to processors and aggregators; otherwise what they hand on
 * match      a selector of PromQL; again and again: what any of them selects
 * format     json, or text as otherwise
 * limit      the answer ends after so many items
 * rate       so many items in a second at most, 1000 otherwise
 * </pre>
 *
 * @param taps the taps that are open
 * @param workers make lines
 */
public record TapAnswer(Taps taps, Executor workers) {
    private static final String RATE = "1000";

    /** The answer; 400 where a parameter is wrong, 404 where there is no such component, 429 where too many tap. */
    HttpResponse to(HttpRequest request, Operations operations) {
        TapRequest wanted;
        try {
            wanted = read(QueryParameters.of(request.uri()));
        } catch (IllegalArgumentException e) {
            return HttpResponse.text(400, e.getMessage() + "\n");
        }
        if (operations.health().stream().noneMatch(health -> isMeant(health, wanted))) {
            return HttpResponse.text(404, "no such component (expected: " + all(operations) + ")\n");
        }
        Optional<Tap> tap = taps.tap(wanted, workers);
        if (tap.isEmpty()) {
            return HttpResponse.text(429, Taps.MOST + " taps are open (expected: fewer)\n");
        }
        String type = wanted.json() ? "application/x-ndjson" : "text/plain; charset=utf-8";
        return new HttpResponse(200, HttpHeaders.of("Content-Type", type), tap.get());
    }

    private static TapRequest read(QueryParameters query) {
        String side = query.value("side").orElse("out");
        String format = query.value("format").orElse("text");
        if (!side.equals("in") && !side.equals("out")) {
            throw new IllegalArgumentException("side: " + side + " (expected: in or out)");
        }
        if (!format.equals("text") && !format.equals("json")) {
            throw new IllegalArgumentException("format: " + format + " (expected: text or json)");
        }
        return new TapRequest(
                query.value("pipeline"),
                query.value("component"),
                side.equals("in"),
                query.values("match").stream().map(SeriesSelector::parse).toList(),
                format.equals("json"),
                query.value("limit").map(text -> number("limit", text)),
                number("rate", query.value("rate").orElse(RATE)));
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' (expected: a whole number)", e);
        }
    }

    private static boolean isMeant(ComponentHealth health, TapRequest wanted) {
        return wanted.pipeline().map(health.pipeline()::equals).orElse(true)
                && wanted.component().map(health.component()::equals).orElse(true);
    }

    private static String all(Operations operations) {
        return operations.health().stream()
                .filter(health ->
                        !health.kind().equals("pipeline") && !health.kind().equals("extension"))
                .map(health -> health.pipeline() + "/" + health.component())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
