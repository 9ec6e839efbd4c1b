package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;

/** A context with a client, a clock that stands still, gzip, and the components that a test puts there. */
public final class FakeContext implements PluginContext {
    /** What its clock says. */
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<ComponentId, Component> components = new HashMap<>();
    private final HttpClient client;

    /** A context whose client is {@code client}. */
    public FakeContext(HttpClient client) {
        this.client = client;
    }

    /** Lets options refer to a component. */
    public <T extends Component> ComponentRef<T> add(String id, T component) {
        components.put(ComponentId.parse(id), component);
        return new ComponentRef<>(ComponentId.parse(id));
    }

    @Override
    public ComponentId id() {
        return ComponentId.parse("flusher_http");
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        return client;
    }

    @Override
    @SuppressWarnings("unchecked") // the reference was made with the component
    public <T extends Component> T component(ComponentRef<T> reference) {
        return (T) components.get(reference.id());
    }

    @Override
    public Compression compression() {
        return new Gzip();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
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

    private static final class Gzip implements Compression {
        @Override
        public Set<String> names() {
            return Set.of("gzip");
        }

        @Override
        public void compress(String name, BodyBuffer input, BodyBuffer output) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(output)) {
                gzip.write(input.array(), 0, input.length());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) {
            throw new UnsupportedOperationException();
        }
    }
}
