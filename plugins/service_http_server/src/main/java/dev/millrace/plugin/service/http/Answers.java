package dev.millrace.plugin.service.http;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;

/** The answers to clients. Those that ask a client to come again say when, in whole seconds, at least one. */
final class Answers {
    private Answers() {}

    /** An answer with header fields of its format. */
    static HttpResponse with(HttpHeaders fields, HttpResponse answer) {
        return new HttpResponse(answer.status(), answer.headers().withAll(fields), answer.body());
    }

    /** All is in the journal. */
    static HttpResponse committed() {
        return HttpResponse.empty(204);
    }

    /** The client made a mistake. */
    static HttpResponse error(int status, String message) {
        return HttpResponse.text(status, message + "\n");
    }

    /** Nothing but POST. */
    static HttpResponse methodNotAllowed(String method) {
        HttpResponse answer = error(405, "method: " + method + " (expected: POST)");
        return new HttpResponse(answer.status(), answer.headers().with("Allow", "POST"), answer.body());
    }

    /** The client shall come again. */
    static HttpResponse later(int status, String message, Duration delay) {
        HttpResponse answer = error(status, message);
        long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
        return new HttpResponse(
                answer.status(), answer.headers().with("Retry-After", Long.toString(seconds)), answer.body());
    }

    /**
     * The journal did not take it: 429 where less would be accepted, 503 where the collector has a problem, 500 where a
     * processor failed. A client of remote write sends again after each of these.
     */
    static HttpResponse refused(Refusal refusal) {
        int status = switch (refusal.reason()) {
            case FLUSHER_FULL, BUSY -> 429;
            case DISK_FULL, JOURNAL_FAILED, STOPPING -> 503;
            case PROCESSOR_FAILED -> 500;
        };
        return later(status, refusal.message(), refusal.retryAfter());
    }
}
