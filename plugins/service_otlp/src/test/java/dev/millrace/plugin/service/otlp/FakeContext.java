package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.Compression;
import dev.millrace.spi.State;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.Gzip;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;

/** A context with counters, a state, and handlers that a test calls. */
final class FakeContext extends BareContext {
    final CountedMetrics metrics = new CountedMetrics();
    final Map<String, HttpHandler> handlers = new TreeMap<>();
    final VirtualScheduler scheduler = new VirtualScheduler(1_767_225_600_000L);
    private final MemoryState state = new MemoryState();

    FakeContext() {
        super("service_otlp");
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler given) {
        handlers.put(address.getPort() + path, given);
    }

    @Override
    public Compression compression() {
        return new Gzip("gzip", "zstd");
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Clock clock() {
        return scheduler.clock();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    @Override
    public State state() {
        return state;
    }

    private static final class MemoryState implements State {
        private final Map<String, MemoryState> parts = new TreeMap<>();
        private byte[] bytes = {};

        @Override
        public Optional<byte[]> get() {
            return Optional.of(bytes).filter(all -> all.length > 0);
        }

        @Override
        public void set(byte[] changed) {
            bytes = changed;
        }

        @Override
        public State part(String name) {
            return parts.computeIfAbsent(name, n -> new MemoryState());
        }

        @Override
        public Set<String> parts() {
            return Set.copyOf(parts.keySet());
        }
    }
}
