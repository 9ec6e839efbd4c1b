package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.Gzip;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A context with a client, a clock that stands still, gzip, and the components that a test puts there. */
public final class FakeContext extends BareContext {
    /** What its clock says. */
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<ComponentId, Component> components = new HashMap<>();
    private final HttpClient client;

    /** A context whose client is {@code client}. */
    public FakeContext(HttpClient client) {
        super("flusher_http");
        this.client = client;
    }

    /** Lets options refer to a component. */
    public <T extends Component> ComponentRef<T> add(String id, T component) {
        components.put(ComponentId.parse(id), component);
        return new ComponentRef<>(ComponentId.parse(id));
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
        return new Gzip("gzip");
    }
}
