package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.TlsSettings;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one client, and the exchanges that wait for one. Thread-safe. */
final class ConnectionPool {
    private final Connector connector;
    private final Workers workers;
    private final HttpClientSettings settings;
    private final Object lock = new Object();
    private final Map<Destination, Host> hosts = new HashMap<>();
    private final Set<ClientConnection> connections = new HashSet<>();
    private boolean closed;

    ConnectionPool(Connector connector, Workers workers, HttpClientSettings settings) {
        this.connector = connector;
        this.workers = workers;
        this.settings = settings;
    }

    /** One destination: {@code open} counts its connections, the ones being made included. */
    private static final class Host {
        private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
        private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
        private int open;

        /** Takes an idle connection that is encrypted as new ones are; the others are given away. */
        @Nullable
        ClientConnection take(int generation, List<ClientConnection> outdated) {
            ClientConnection last = idle.pollLast();
            while (last != null && last.isOutdated(generation)) {
                outdated.add(last);
                last = idle.pollLast();
            }
            return last;
        }
    }

    /** How connections are encrypted. */
    TlsSettings tls() {
        return connector.tls().settings();
    }

    /** Puts an exchange on an idle connection, on a new one, or in the queue. */
    void submit(Exchange exchange) {
        ClientConnection free = null;
        boolean connect = false;
        boolean refused;
        List<ClientConnection> outdated = new ArrayList<>(0);
        connector.noticeChanges();
        synchronized (lock) {
            refused = closed;
            if (!refused) {
                Host host = hosts.computeIfAbsent(exchange.destination(), absent -> new Host());
                free = host.take(connector.tls().generation(), outdated);
                connect = free == null && host.open < settings.maxConnectionsPerHost();
                if (connect) {
                    host.open++;
                } else if (free == null) {
                    host.waiting.add(exchange);
                }
            }
        }
        outdated.forEach(ClientConnection::close);
        if (free != null) {
            free.start(exchange);
        } else if (connect) {
            connect(exchange);
        } else if (refused) {
            exchange.failed(clientClosed(exchange.destination()));
        }
    }

    /** Puts an exchange on a connection that was not idle: what is idle may be stale too. */
    void submitFresh(Exchange exchange) {
        List<ClientConnection> stale;
        synchronized (lock) {
            Host host = hosts.get(exchange.destination());
            stale = host == null ? List.of() : List.copyOf(host.idle);
            if (host != null) {
                host.idle.clear();
            }
        }
        stale.forEach(ClientConnection::close);
        submit(exchange);
    }

    /** Takes an exchange out of the queue. */
    void forget(Exchange exchange) {
        synchronized (lock) {
            Host host = hosts.get(exchange.destination());
            if (host != null) {
                host.waiting.remove(exchange);
            }
        }
    }

    /** Takes back a connection that is free for the next exchange. On its event loop. */
    void release(ClientConnection connection) {
        Exchange next = null;
        boolean keep = false;
        synchronized (lock) {
            Host host = hosts.get(connection.destination());
            if (host != null
                    && !closed
                    && !connection.isOutdated(connector.tls().generation())) {
                next = host.waiting.poll();
                keep = next == null && host.idle.size() < settings.maxIdleConnectionsPerHost();
                if (keep) {
                    host.idle.add(connection);
                }
            }
        }
        if (next != null) {
            connection.start(next);
        } else if (keep) {
            connection.park(settings.idleTimeout());
        } else {
            connection.close();
        }
    }

    /** Forgets a connection that is closed. */
    void removed(ClientConnection connection) {
        synchronized (lock) {
            if (!connections.remove(connection)) {
                return;
            }
            Host host = hosts.get(connection.destination());
            if (host != null) {
                host.idle.remove(connection);
            }
        }
        slotFreed(connection.destination());
    }

    private void connect(Exchange exchange) {
        exchange.connecting();
        Destination destination = exchange.destination();
        new ConnectAttempt(connector, destination, settings.connectTimeout(), new ConnectAttempt.Result() {
                    @Override
                    public void connected(Channel channel) {
                        ClientConnection connection =
                                new ClientConnection(ConnectionPool.this, destination, workers, channel);
                        boolean wanted;
                        synchronized (lock) {
                            wanted = !closed;
                            connections.add(connection);
                        }
                        if (wanted) {
                            connection.start(exchange);
                        } else {
                            connection.close();
                            exchange.failed(clientClosed(destination));
                        }
                    }

                    @Override
                    public void failed(IOException reason) {
                        slotFreed(destination);
                        exchange.abort(reason);
                    }
                })
                .start();
    }

    /** One connection less: who waits may make another. */
    private void slotFreed(Destination destination) {
        Exchange next;
        synchronized (lock) {
            next = afterSlotFreed(destination);
        }
        if (next != null) {
            connect(next);
        }
    }

    private @Nullable Exchange afterSlotFreed(Destination destination) {
        Host host = hosts.get(destination);
        if (host == null) {
            return null;
        }
        host.open--;
        Exchange next = closed ? null : host.waiting.poll();
        if (next != null) {
            host.open++;
        } else if (host.open == 0) {
            hosts.remove(destination);
        }
        return next;
    }

    /** Takes no more exchanges. */
    void refuse() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Closes all connections. */
    void close() {
        List<ClientConnection> open;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(connections);
        }
        open.forEach(ClientConnection::close);
    }

    private static IOException clientClosed(Destination destination) {
        return new IOException(destination + ": the client is closed");
    }
}
