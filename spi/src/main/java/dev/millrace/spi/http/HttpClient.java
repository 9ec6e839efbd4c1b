package dev.millrace.spi.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Sends requests over connections that are kept and used again. Thread-safe.
 *
 * <p>Follows 307 and 308 where the body stands in memory, and for {@code GET} and {@code HEAD} 301, 302 and 303 as well, a few
 * times, unless {@link HttpClientSettings#followRedirects} says otherwise; {@code Authorization} and {@code Cookie} are
 * not sent to another host or port. Bodies are given and received as they are on the wire: nothing is decompressed.
 */
public interface HttpClient {
    /**
     * Sends a request.
     *
     * @param timeout from now to the last byte of the answer's body, the time to connect included; when it has passed,
     *     the stage or the body fails with {@link java.util.concurrent.TimeoutException}
     * @return completes with status and headers, on a worker; fails with {@link java.io.IOException} where no answer
     *     came, in words for a person, which is a {@link java.net.ConnectException} where no connection could be made, or with {@link HttpConfigurationException} where none can come
     */
    CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout);
}
