package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A client with connections of its own, until it is closed. Thread-safe. */
public final class PooledClient implements HttpClient, AutoCloseable {
    private final Connector connector;
    private final Workers workers;
    private final ConnectionPool pool;
    private final boolean followsRedirects;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Consumer<PooledClient> onClose;

    PooledClient(Connector connector, Workers workers, HttpClientSettings settings, Consumer<PooledClient> onClose) {
        this.connector = connector;
        this.workers = workers;
        this.pool = new ConnectionPool(connector, workers, settings);
        this.followsRedirects = settings.followRedirects();
        this.onClose = onClose;
    }

    /** {@inheritDoc} Cancelling the future gives the request up and closes its connection. */
    @Override
    public CompletableFuture<HttpResponse> send(HttpRequest request, Duration timeout) {
        Call call = new Call(pool, workers, connector.proxies(), followsRedirects, timeout, calls::remove);
        calls.add(call);
        HttpBody body = FixedBody.of(request.body());
        return call.start(new HttpRequest(request.method(), request.uri(), request.headers(), body), connector);
    }

    /** Whether it encrypts by certificates that stand in files. */
    public boolean readsCertificates() {
        return connector.tls().isFromFiles();
    }

    /** Looks at these files, and says whether others than before are in use since this was asked before. */
    public boolean hasNewCertificates() {
        return connector.tls().isRenewed();
    }

    /** Fails what is in flight, answers that are not read yet included, and closes all connections. */
    @Override
    public void close() {
        pool.refuse();
        calls.forEach(call -> call.abort(new IOException("the client is closed")));
        pool.close();
        onClose.accept(this);
    }
}
