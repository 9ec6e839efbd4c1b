package dev.millrace.core.transport;

import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The host's network: one group of event loops for all clients, listeners and questions to name servers. Thread-safe. */
public final class Transport implements AutoCloseable {
    private final EventLoops loops = new EventLoops();
    private final Workers workers;
    private final ServerLimits limits;
    private final Refusals refusals = new Refusals();
    private final Connector connector;
    private final Listeners listeners;
    private final DatagramListeners datagrams;
    private final DnsClient dns;
    private final Set<PooledClient> clients = ConcurrentHashMap.newKeySet();

    Transport(Executor workers, ServerLimits limits, Tls tls) {
        this.workers = new Workers(workers);
        this.limits = limits;
        this.connector = new Connector(loops, this.workers, tls, Proxies.NONE);
        this.datagrams = new DatagramListeners(loops);
        this.dns = new DnsClient(loops);
        this.listeners = new Listeners(loops, this.workers, limits, refusals, datagrams::hold);
    }

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

    /** Starts the event loops, with limits for all listeners. */
    public static Transport start(Executor workers, ServerLimits limits) {
        return new Transport(workers, limits, new Tls());
    }

    /** A client with connections of its own, whose answers are given on the transport's workers. */
    public PooledClient client(HttpClientSettings settings) {
        return client(settings, workers);
    }

    /** A client with connections of its own, whose answers are given on {@code executor}. */
    public PooledClient client(HttpClientSettings settings, Executor executor) {
        return client(settings, new Workers(executor));
    }

    private PooledClient client(HttpClientSettings settings, Workers answers) {
        Tls tls = settings.tls().equals(TlsSettings.DEFAULT)
                ? connector.tls()
                : new Tls(settings.tls(), System::nanoTime);
        Connector own = connector.with(tls, Proxies.of(settings.proxy(), System::getenv));
        PooledClient client = new PooledClient(own, answers, settings, clients::remove);
        clients.add(client);
        return client;
    }

    /** Asks name servers, as {@code PluginContext} has it; the answer is given on {@code executor}. */
    public CompletableFuture<List<DnsRecord>> lookUp(DnsQuestion question, Executor executor) {
        return NameLookup.start(dns, ResolverFile.OF_THE_MACHINE, question, loops, new Workers(executor));
    }

    /**
     * Serves a route. Where something is served at the same address already, the socket is shared; where the same owner
     * serves the same path already, this route takes over without a gap.
     *
     * @throws IOException if the address can not be bound, or another owner serves the path; it says which
     */
    public Registration serve(InetSocketAddress address, Route route) throws IOException {
        return listeners.serve(address, route);
    }

    /**
     * Has a route take the datagrams of an address. Where the same owner has one there already, this one takes over without
     * a gap.
     *
     * @throws IOException if the address can not be bound, or another owner has it; it says which
     */
    public Registration serve(InetSocketAddress address, DatagramRoute route) throws IOException {
        return datagrams.serve(address, route);
    }

    /**
     * Keeps all sockets open, even without a handler, until the result is closed: for the time of a reload. A request to a
     * path whose handler went waits for the one that comes; it is answered with 503 where none came until then.
     */
    public Hold holdSockets() {
        return listeners.hold();
    }

    /** What its listeners have refused. */
    public Refusals refusals() {
        return refusals;
    }

    /** Closes clients and listeners, waits a little for requests in flight, and ends the event loops. Blocks. */
    @Override
    public void close() {
        datagrams.close();
        listeners.close(limits.drainTimeout());
        clients.forEach(PooledClient::close);
        dns.close();
        loops.close();
    }
}
