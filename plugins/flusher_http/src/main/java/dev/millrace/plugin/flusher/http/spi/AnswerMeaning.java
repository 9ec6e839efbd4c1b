package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.NotSentException;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Turns an answer, or the lack of one, into an outcome with a reason that a person can act on. */
final class AnswerMeaning {
    /** The status of a single row that is too large for the destination. */
    static final String TOO_LARGE = "too_large";

    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_QUOTE = 200;

    private final Endpoint endpoint;
    private final Duration timeout;
    private final AnswerSettings settings;
    private final Clock clock;

    AnswerMeaning(Endpoint endpoint, Duration timeout, AnswerSettings settings, Clock clock) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.settings = settings;
        this.clock = clock;
    }

    /** The outcome of an answer that is not {@link StatusTable.Meaning#DELIVERED}. */
    Outcome of(StatusTable.Meaning meaning, int status, HttpHeaders headers, String text) {
        String reason = endpoint + " answered " + status + quote(text);
        return switch (meaning) {
            case DELIVERED -> throw new IllegalArgumentException("meaning: " + meaning + " (expected: another)");
            case RETRY -> new Outcome.Retry(reason, retryAfter(headers), status >= 500);
            case HELD -> settings.misconfigured(status, reason + remedy(status));
            case SPLIT -> new Outcome.Split(reason, new Outcome.Rejected(TOO_LARGE, text));
            case REJECTED ->
                ConnectionRefusal.remedy(status, text)
                        .map(remedy -> settings.misconfigured(status, reason + remedy))
                        .orElseGet(() -> rejected(status, reason, text));
        };
    }

    private Outcome rejected(int status, String reason, String text) {
        Outcome.Rejected rejected = new Outcome.Rejected(Integer.toString(status), text);
        return status == BAD_REQUEST && settings.isolateRejected() ? new Outcome.Split(reason, rejected) : rejected;
    }

    /**
     * The outcome of a request without an answer.
     *
     * @throws CompletionException with {@code failure} if it has nothing to do with the network
     */
    Outcome of(Throwable failure) {
        if (failure instanceof HttpConfigurationException) {
            return settings.misconfigured(0, endpoint + ": " + failure.getMessage());
        }
        if (failure instanceof TimeoutException) {
            return unclear(endpoint + ": no answer within " + timeout.toMillis() + " ms");
        }
        if (failure instanceof NotSentException refused) {
            return new Outcome.NotSent(endpoint + ": " + failure.getMessage(), refused.delay());
        }
        if (failure instanceof ConnectException) {
            return new Outcome.Retry(endpoint + ": " + failure.getMessage());
        }
        if (failure instanceof IOException) {
            return unclear(endpoint + ": " + failure.getMessage());
        }
        throw new CompletionException(failure);
    }

    private static Outcome unclear(String reason) {
        return new Outcome.Retry(reason, Optional.empty(), true);
    }

    private Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.first("Retry-After").flatMap(value -> RetryAfter.parse(value, clock.instant()));
    }

    /* The first line, because reasons are shown in one. */
    private static String quote(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.isEmpty()
                ? ""
                : ": " + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line);
    }

    private static String remedy(int status) {
        if (status >= 300 && status <= 399) {
            return " (check the URL: only 307 and 308 are followed)";
        }
        return switch (status) {
            case 401 -> " (check the credentials under Authenticator)";
            case 403 -> " (check what this user may do)";
            case 404, 405 -> " (check the path of the URL)";
            case 407 -> " (check the credentials for the proxy)";
            default -> "";
        };
    }
}
