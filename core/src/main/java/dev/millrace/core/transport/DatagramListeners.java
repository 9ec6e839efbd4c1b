package dev.millrace.core.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All sockets for datagrams, by the address that was asked for. Thread-safe; binding and closing block. */
final class DatagramListeners {
    private final EventLoops loops;
    private final Object lock = new Object();
    private final Map<InetSocketAddress, DatagramListener> byAddress = new HashMap<>();
    private boolean held;

    DatagramListeners(EventLoops loops) {
        this.loops = loops;
    }

    Registration serve(InetSocketAddress address, DatagramRoute route) throws IOException {
        synchronized (lock) {
            DatagramListener listener = byAddress.get(address);
            if (listener == null) {
                listener = new DatagramListener();
                listener.bind(loops, address);
                byAddress.put(address, listener);
            }
            try {
                return new Registered(address, listener, listener.add(route));
            } catch (IOException taken) {
                throw new IOException(Listener.text(address) + " (UDP): " + taken.getMessage(), taken);
            }
        }
    }

    /** Keeps sockets open without a route, or closes those that have none. */
    void hold(boolean now) {
        synchronized (lock) {
            held = now;
            List.copyOf(byAddress.keySet()).forEach(this::closeIfUnused);
        }
    }

    private void closeIfUnused(InetSocketAddress address) {
        DatagramListener listener = byAddress.get(address);
        if (listener != null && !held && listener.isUnused()) {
            byAddress.remove(address);
            listener.close();
        }
    }

    /** Closes all sockets. */
    void close() {
        synchronized (lock) {
            byAddress.values().forEach(DatagramListener::close);
            byAddress.clear();
        }
    }

    /** One route of one socket. */
    private final class Registered implements Registration {
        private final InetSocketAddress asked;
        private final DatagramListener listener;
        private final DatagramListener.Entry entry;

        Registered(InetSocketAddress asked, DatagramListener listener, DatagramListener.Entry entry) {
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
            synchronized (lock) {
                CompletableFuture<Void> ended = listener.remove(entry);
                if (byAddress.get(asked) == listener) {
                    closeIfUnused(asked);
                }
                return ended;
            }
        }

        @Override
        public void close() {
            var unused = end();
        }
    }
}
