package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client with connections of its own, until it is closed. Thread-safe. */
public final class PooledClient implements HttpClient, AutoCloseable {
    PooledClient() {}

    /** {@inheritDoc} Cancelling the future gives the request up. */
    @Override
    public CompletableFuture<HttpResponse> send(HttpRequest request, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Fails what is in flight and closes all connections. */
    @Override
    public void close() {}
}
