package dev.millrace.spi.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param status the status code
 * @param headers its header fields
 * @param body its body; a client must subscribe to it, {@link HttpBody#collect} it or cancel it
 */
public record HttpResponse(int status, HttpHeaders headers, HttpBody body) {
    /** An answer of plain text. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(
                status,
                HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"),
                HttpBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An answer without a body. */
    public static HttpResponse empty(int status) {
        return new HttpResponse(status, HttpHeaders.EMPTY, HttpBody.empty());
    }
}
