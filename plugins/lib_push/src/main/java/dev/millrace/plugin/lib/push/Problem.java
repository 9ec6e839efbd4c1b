package dev.millrace.plugin.lib.push;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a request is refused.
 *
 * @param status the status of HTTP
 * @param message what the client should know, one line
 * @param retryAfter when it may come again; empty where that makes no sense
 * @param headers further header fields of the answer
 */
public record Problem(int status, String message, Optional<Duration> retryAfter, HttpHeaders headers) {

    /** The client made a mistake. */
    public static Problem of(int status, String message) {
        return new Problem(status, message, Optional.empty(), HttpHeaders.EMPTY);
    }

    /** The client shall come again. */
    public static Problem later(int status, String message, Duration delay) {
        return new Problem(status, message, Optional.of(delay), HttpHeaders.EMPTY);
    }

    /** Nothing but POST. */
    static Problem methodNotAllowed(String method) {
        return new Problem(
                405, "method: " + method + " (expected: POST)", Optional.empty(), HttpHeaders.of("Allow", "POST"));
    }

    /**
     * The journal did not take it: 429 where less would be accepted, 503 where the collector has a problem, 500 where a
     * processor failed.
     */
    public static Problem of(Refusal refusal) {
        int status = switch (refusal.reason()) {
            case FLUSHER_FULL, BUSY -> 429;
            case DISK_FULL, JOURNAL_FAILED, STOPPING -> 503;
            case PROCESSOR_FAILED -> 500;
        };
        return later(status, refusal.message(), refusal.retryAfter());
    }

    /** When the client may come again, in whole seconds, at least one. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(delay -> Math.max(1, delay.plusMillis(999).toSeconds()));
    }

    /** The header fields of an answer that says it, whatever its body. */
    public HttpHeaders allHeaders() {
        return retryAfterSeconds()
                .map(seconds -> headers.with("Retry-After", Long.toString(seconds)))
                .orElse(headers);
    }

    /** An answer of plain text. */
    public HttpResponse text() {
        HttpResponse text = HttpResponse.text(status, message + "\n");
        return new HttpResponse(status, text.headers().withAll(allHeaders()), text.body());
    }
}
