package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.extension.Content;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Outcome;
import java.time.Duration;

/**
 * One request and what came of it.
 *
 * @param outcome what became of the slice
 * @param status the status of the answer; 0 where none came
 * @param headers the header fields of the answer
 * @param content what stood in the request's body
 * @param bytes the size of the request's body as sent, so compressed; 0 where no request was made
 * @param duration from the request to the status, or to the failure
 */
public record Exchange(
        Outcome outcome, int status, HttpHeaders headers, Content content, int bytes, Duration duration) {
    /** A slice that came to its outcome without a request. */
    public static Exchange none(Outcome outcome) {
        return new Exchange(outcome, 0, HttpHeaders.EMPTY, Content.NONE, 0, Duration.ZERO);
    }

    /** The same exchange with another outcome, where a protocol knows more of the answer than its status. */
    public Exchange with(Outcome changed) {
        return new Exchange(changed, status, headers, content, bytes, duration);
    }
}
