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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A context with components, gzip, a clock, counters and a handler that a test calls. */
final class FakeContext extends BareContext {
    final CountedMetrics metrics = new CountedMetrics();
    HttpHandler handler = request -> {
        throw new IllegalStateException("not listening");
    };
    String listening = "";

    /** Its time, in milliseconds. */
    final AtomicLong now = new AtomicLong();

    private final List<Component> components;

    FakeContext(Component... components) {
        super("service_http_server");
        this.components = List.of(components);
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler given) {
        listening = address.getHostString() + ":" + address.getPort() + path + " " + maxBodyBytes;
        handler = given;
    }

    @Override
    @SuppressWarnings("unchecked") // a decoder, and an authenticator
    public <T extends Component> T component(ComponentRef<T> reference) {
        return (T) components.get(reference.id().toString().startsWith("ext_default") ? 0 : 1);
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }
        };
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
