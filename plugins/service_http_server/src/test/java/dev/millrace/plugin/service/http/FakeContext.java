package dev.millrace.plugin.service.http;

import dev.millrace.spi.Component;
import dev.millrace.spi.Compression;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.Gzip;
import java.net.InetSocketAddress;

/** A context with one component, gzip, counters and a handler that a test calls. */
final class FakeContext extends BareContext {
    final CountedMetrics metrics = new CountedMetrics();
    HttpHandler handler = request -> {
        throw new IllegalStateException("not listening");
    };
    String listening = "";

    private final Component component;

    FakeContext(Component component) {
        super("service_http_server");
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
        return new Gzip("gzip", "snappy");
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }
}
