package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A client with connections of its own, until it is closed. Thread-safe. */
public final class PooledClient implements HttpClient, AutoCloseable {
    private final Connector connector;
    private final Workers workers;
    private final ConnectionPool pool;
    private final Runnable onClose;

    PooledClient(Connector connector, Workers workers, HttpClientSettings settings, Consumer<PooledClient> onClose) {
        this.connector = connector;
        this.workers = workers;
        this.pool = new ConnectionPool(connector, workers, settings);
        this.onClose = () -> onClose.accept(this);
    }

    /** {@inheritDoc} Cancelling the future gives the request up and closes its connection. */
    @Override
    public CompletableFuture<HttpResponse> send(HttpRequest request, Duration timeout) {
        return new Call(pool, workers, timeout).start(request, connector);
    }

    /** Fails what is in flight and closes all connections. */
    @Override
    public void close() {
        pool.close();
        onClose.run();
    }
}
