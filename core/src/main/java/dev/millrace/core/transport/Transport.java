package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpClientSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** The host's network: one group of event loops for all clients and listeners. Thread-safe. */
public final class Transport implements AutoCloseable {
    private Transport() {}

    /** Keeps sockets open until it is closed. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Starts the event loops. Plugins are called on {@code workers}, never on an event loop. */
    public static Transport start(Executor workers) {
        return start(workers, ServerLimits.DEFAULT);
    }

    /** Starts the event loops. Plugins are called on {@code workers}, never on an event loop. */
    public static Transport start(Executor workers, ServerLimits limits) {
        throw new UnsupportedOperationException();
    }

    /** A client with connections of its own. */
    public PooledClient client(HttpClientSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Serves a route. Where something is served at the same address already, the socket is shared; where the same owner
     * serves the same path already, this route takes over without a gap.
     *
     * @throws IOException if the address can not be bound, or another owner serves the path; it says which
     */
    public Registration serve(InetSocketAddress address, Route route) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Keeps all sockets open, even without a handler, until the result is closed: for the time of a reload. */
    public Hold holdSockets() {
        throw new UnsupportedOperationException();
    }

    /** The direct memory that buffers take, in bytes. */
    public long directMemoryBytes() {
        throw new UnsupportedOperationException();
    }

    /** Closes clients and listeners, waits a little for requests in flight, and ends the event loops. */
    @Override
    public void close() {}
}
