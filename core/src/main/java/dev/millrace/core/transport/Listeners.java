package dev.millrace.core.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** All listeners of the host, by the address that was asked for. Thread-safe; binding and closing block. */
final class Listeners {
    private final EventLoops loops;
    private final Workers workers;
    private final ServerLimits limits;
    private final Refusals refusals;
    private final Object lock = new Object();
    private final Map<InetSocketAddress, Listener> byAddress = new HashMap<>();
    private final Consumer<Boolean> holding;
    private int holds;
    private boolean closed;

    /** {@code holding} is told when sockets are held for a reload, and when they are not any more. */
    Listeners(EventLoops loops, Workers workers, ServerLimits limits, Refusals refusals, Consumer<Boolean> holding) {
        this.holding = holding;
        this.loops = loops;
        this.workers = workers;
        this.limits = limits;
        this.refusals = refusals;
    }

    Registration serve(InetSocketAddress address, Route route) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException(Listener.text(address) + ": the host is stopping");
            }
            Listener listener = byAddress.get(address);
            if (listener == null) {
                listener = new Listener(loops, workers, limits, refusals);
                try {
                    listener.bind(address);
                } catch (IOException failure) {
                    throw withOwnListener(address, failure);
                }
                byAddress.put(address, listener);
            }
            try {
                return new Registered(address, listener, listener.serve(route));
            } catch (IOException taken) {
                closeIfUnused(address);
                throw new IOException(Listener.text(address) + ": " + taken.getMessage(), taken);
            }
        }
    }

    /** Says so where the port is taken by another listener of this host. */
    private IOException withOwnListener(InetSocketAddress address, IOException failure) {
        for (Map.Entry<InetSocketAddress, Listener> other : byAddress.entrySet()) {
            if (other.getValue().address().getPort() == address.getPort()) {
                return new IOException(
                        failure.getMessage() + "; " + Listener.text(other.getKey()) + " is open for "
                                + String.join(", ", other.getValue().routes().owners()),
                        failure);
            }
        }
        return failure;
    }

    Transport.Hold hold() {
        synchronized (lock) {
            holds++;
            holding.accept(true);
        }
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                synchronized (lock) {
                    holds--;
                    if (holds == 0) {
                        holding.accept(false);
                        byAddress.values().forEach(Listener::settle);
                        List.copyOf(byAddress.keySet()).forEach(this::closeIfUnused);
                    }
                }
            }
        };
    }

    private void closeIfUnused(InetSocketAddress address) {
        Listener listener = byAddress.get(address);
        if (listener != null && holds == 0 && listener.routes().isEmpty()) {
            byAddress.remove(address);
            listener.close(limits.drainTimeout());
        }
    }

    /** Closes all listeners; returns when requests in flight are finished, or cut off. */
    void close(Duration drain) {
        List<CompletableFuture<Void>> drained = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            byAddress.values().forEach(Listener::settle);
            byAddress.values().forEach(listener -> drained.add(listener.close(drain)));
            byAddress.clear();
        }
        CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new)).join();
    }

    /** One entry of one listener's table. */
    private final class Registered implements Registration {
        private final InetSocketAddress asked;
        private final Listener listener;
        private final RouteTable.Entry entry;

        Registered(InetSocketAddress asked, Listener listener, RouteTable.Entry entry) {
            this.asked = asked;
            this.listener = listener;
            this.entry = entry;
        }

        @Override
        public InetSocketAddress address() {
            return listener.address();
        }

        @Override
        public CompletableFuture<Void> end() {
            close();
            return entry.close();
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (holds > 0) {
                    listener.routes().vacate(entry);
                } else {
                    listener.routes().remove(entry);
                }
                listener.routesChanged();
                if (byAddress.get(asked) == listener) {
                    closeIfUnused(asked);
                }
            }
        }
    }
}
