package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ServerTlsSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a listener serves.
 *
 * @param owner whose it is, such as {@code web/service_http_server}; only the same owner can take the path over
 * @param path the path, and all below it, that the handler serves; the longest one that fits wins
 * @param maxBodyBytes the largest request body; a larger one is answered with 413
 * @param handler called on a worker
 * @param encryption how the address is encrypted
 * @param maxConnections the largest number of connections to the address
 * @param unanswered told, on an event loop, that a request was answered in the handler's place, because it was too late
 * @param workers where it is called, and where bodies are given and taken; null for the transport's
 */
public record Route(
        String owner,
        String path,
        long maxBodyBytes,
        HttpHandler handler,
        Optional<ServerTlsSettings> encryption,
        OptionalInt maxConnections,
        Runnable unanswered,
        @Nullable Executor workers) {
    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: begins with '/')");
        }
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException("maxBodyBytes: " + maxBodyBytes + " (expected: >= 0)");
        }
    }

    /** A route without encryption whose handler is called on the transport's workers. */
    public Route(String owner, String path, long maxBodyBytes, HttpHandler handler) {
        this(owner, path, maxBodyBytes, handler, Optional.empty(), OptionalInt.empty(), () -> {}, null);
    }
}
