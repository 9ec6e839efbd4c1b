package dev.millrace.spi.testing;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.State;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** The context of a component in the pipeline {@code test}, which provides only what a subclass does. */
public abstract class BareContext implements PluginContext {
    private final ComponentId id;

    /** The context of a component of this ID. */
    protected BareContext(String id) {
        this.id = ComponentId.parse(id);
    }

    @Override
    public final ComponentId id() {
        return id;
    }

    @Override
    public final String pipeline() {
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
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Component> T component(ComponentRef<T> reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Compression compression() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reportError(String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void credentialsChanged() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryStatistics delivery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path temporaryFolder() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> inherited(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public State state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leave(Object state) {
        throw new UnsupportedOperationException();
    }
}
