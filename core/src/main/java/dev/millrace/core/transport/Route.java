package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpHandler;

/**
 * What a listener serves.
 *
 * @param owner whose it is, such as {@code web/service_http_server}; only the same owner can take the path over
 * @param path the path, and all below it, that the handler serves; the longest one that fits wins
 * @param maxBodyBytes the largest request body; a larger one is answered with 413
 * @param handler called on a worker
 */
public record Route(String owner, String path, long maxBodyBytes, HttpHandler handler) {
    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: begins with '/')");
        }
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("maxBodyBytes: " + maxBodyBytes + " (expected: >= 0)");
        }
    }
}
