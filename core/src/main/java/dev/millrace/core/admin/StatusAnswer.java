package dev.millrace.core.admin;

import dev.millrace.core.status.StatusJson;
import dev.millrace.core.status.StatusPage;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The status in the form that a request asks for: JSON, unless the query or {@code Accept} names text. */
final class StatusAnswer {
    private StatusAnswer() {}

    static HttpResponse to(HttpRequest request, Operations operations) {
        QueryParameters query = QueryParameters.of(request.uri());
        try {
            String format = query.value("format").orElseGet(() -> accepted(request.headers()));
            return switch (format) {
                case "text" -> HttpResponse.text(200, page(query).of(operations.status()));
                case "json" -> json(200, StatusJson.of(operations.status()));
                default -> throw new IllegalArgumentException("format: " + format + " (expected: json or text)");
            };
        } catch (IllegalArgumentException e) {
            return HttpResponse.text(400, e.getMessage() + "\n");
        }
    }

    private static String accepted(HttpHeaders headers) {
        String accept = headers.first("Accept").orElse("");
        return accept.contains("text/plain") && !accept.contains("json") ? "text" : "json";
    }

    private static StatusPage page(QueryParameters query) {
        Optional<String> width = query.value("width");
        return new StatusPage(
                width.isEmpty() ? StatusPage.DEFAULT.width() : number(width.get()),
                query.value("colour").map(Boolean::parseBoolean).orElse(false));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "width: " + text + " (expected: " + StatusPage.LEAST_WIDTH + " to " + StatusPage.MOST_WIDTH + ")",
                    e);
        }
    }

    static HttpResponse json(int code, String text) {
        return new HttpResponse(
                code,
                HttpHeaders.of("Content-Type", "application/json; charset=utf-8"),
                HttpBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
