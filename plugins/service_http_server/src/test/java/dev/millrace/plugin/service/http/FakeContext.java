package dev.millrace.plugin.service.http;

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
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A context with one component, gzip, counters and a handler that a test calls. */
final class FakeContext implements PluginContext, Compression, Metrics {
    final Map<String, Long> counters = new TreeMap<>();
    HttpHandler handler = request -> {
        throw new IllegalStateException("not listening");
    };
    String listening = "";

    private final Component component;

    FakeContext(Component component) {
        this.component = component;
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler given) {
        listening = address.getHostString() + ":" + address.getPort() + path + " " + maxBodyBytes;
        handler = given;
    }

    @Override
    @SuppressWarnings("unchecked") // there is only one
    public <T extends Component> T component(ComponentRef<T> reference) {
        return (T) component;
    }

    @Override
    public Compression compression() {
        return this;
    }

    @Override
    public Set<String> names() {
        return Set.of("gzip", "snappy");
    }

    @Override
    public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(input.array(), 0, input.length()))) {
            byte[] bytes = plain.readAllBytes();
            if (bytes.length > limit) {
                throw new BodyTooLargeException(limit);
            }
            output.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public Metrics metrics() {
        return this;
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        return amount -> counters.merge(name + List.of(labels), amount, Long::sum);
    }

    @Override
    public ComponentId id() {
        return ComponentId.parse("service_http_server");
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public Clock clock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryStatistics delivery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path temporaryFolder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void compress(String name, BodyBuffer input, BodyBuffer output) {
        throw new UnsupportedOperationException();
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
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {
        throw new UnsupportedOperationException();
    }
}
