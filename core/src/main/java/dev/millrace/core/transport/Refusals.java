package dev.millrace.core.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what listeners refuse themselves, before a handler sees it or in its place. Thread-safe. */
public final class Refusals {
    private final Map<Request, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Connection, LongAdder> connections = new ConcurrentHashMap<>();

    /**
     * Requests that a listener answered itself.
     *
     * @param address the listener's
     * @param status what it answered
     */
    public record Request(String address, int status) {}

    /**
     * Connections that a listener closed.
     *
     * @param address the listener's
     * @param reason why
     */
    public record Connection(String address, Reason reason) {}

    /** Why a connection was closed. */
    public enum Reason {
        /** There were as many as may be. */
        TOO_MANY,
        /** What came was not TLS, or not as it is wanted. */
        TLS,
        /** What came was not HTTP/2, or more of it than a client may send. */
        HTTP2
    }

    void request(InetSocketAddress address, int status) {
        requests.computeIfAbsent(new Request(Listener.text(address), status), first -> new LongAdder())
                .increment();
    }

    void connection(InetSocketAddress address, Reason reason) {
        connections
                .computeIfAbsent(new Connection(Listener.text(address), reason), first -> new LongAdder())
                .increment();
    }

    /** How many requests, since the start. */
    public Map<Request, Long> requests() {
        return sums(requests);
    }

    /** How many connections, since the start. */
    public Map<Connection, Long> connections() {
        return sums(connections);
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
        Map<K, Long> sums = new ConcurrentHashMap<>();
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }
}
