package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says that the API refused a request, with its own words. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int GONE = 410;
    private static final int LONGEST_REASON = 300;
    private static final int LONGEST_DELAY = 300;

    private final int status;
    private final Duration delay;

    private RefusedException(int status, String message, Duration delay) {
        super(message);
        this.status = status;
        this.delay = delay;
    }

    /** What an answer with a status other than 200 says. */
    static RefusedException of(HttpResponse response, @Nullable BodyBuffer body) {
        int status = response.status();
        String reason = "";
        if (body != null) {
            try {
                reason = JsonObject.read(body.array(), 0, body.length(), Set.of())
                        .text("message");
            } catch (IOException noStatus) {
                reason = ""; // what is not the API's own says nothing more
            }
        }
        int seconds = response.headers()
                .first("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        return new RefusedException(
                status,
                "HTTP status " + status + detail(reason) + remedy(status),
                Duration.ofSeconds(Math.min(LONGEST_DELAY, seconds)));
    }

    /** What an event of the type {@code ERROR} says. */
    static RefusedException of(JsonObject event) {
        String code = event.text("code");
        int status = code.matches("\\d{3}") ? Integer.parseInt(code) : 500;
        return new RefusedException(status, "status " + status + detail(event.text("message")), Duration.ZERO);
    }

    private static String detail(String reason) {
        String line = reason.replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(LONGEST_REASON, line.length()));
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> " (expected: credentials that the cluster knows)";
            case 403 -> " (expected: a role that may list and watch it)";
            case 404 -> " (expected: the URL of a cluster's API that has it)";
            default -> "";
        };
    }

    /** Whether the version of which it was asked is too old by now. */
    boolean isExpired() {
        return status == GONE;
    }

    /** How long the server asks to wait. */
    Duration delay() {
        return delay;
    }
}
