package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A host whose time and targets belong to a test. */
final class FakeContext implements PluginContext {
    final Map<String, Long> counters = new TreeMap<>();
    private final VirtualScheduler scheduler;
    private final HttpClient client;

    FakeContext(VirtualScheduler scheduler, HttpClient client) {
        this.scheduler = scheduler;
        this.client = client;
    }

    @Override
    public ComponentId id() {
        return new ComponentId("input_prometheus", "");
    }

    @Override
    public String pipeline() {
        return "test";
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
    public HttpClient httpClient(HttpClientSettings settings) {
        return client;
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Component> T component(ComponentRef<T> reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Compression compression() {
        return new Gzip();
    }

    @Override
    public Metrics metrics() {
        return new CountedMetrics();
    }

    @Override
    public DeliveryStatistics delivery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path temporaryFolder() {
        throw new UnsupportedOperationException();
    }

    private static final class Gzip implements Compression {
        @Override
        public Set<String> names() {
            return Set.of("gzip");
        }

        @Override
        public void compress(String name, BodyBuffer input, BodyBuffer output) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) throws IOException {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(input.array(), 0, input.length()))) {
                byte[] plain = in.readNBytes((int) Math.min(limit + 1, 1 << 30));
                if (plain.length > limit) {
                    throw new BodyTooLargeException(limit);
                }
                output.write(plain, 0, plain.length);
            }
        }
    }

    private final class CountedMetrics implements Metrics {
        @Override
        public Counter counter(String name, String help, String... labels) {
            String key = name + String.join(",", labels);
            counters.putIfAbsent(key, 0L);
            return amount -> counters.merge(key, amount, Long::sum);
        }

        @Override
        public Distribution distribution(String name, String help, String... labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void counter(String name, String help, DoubleSupplier value, String... labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier value, String... labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void counters(
                String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {
            throw new UnsupportedOperationException();
        }
    }
}
