package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.Component;
import dev.millrace.spi.Compression;
import dev.millrace.spi.State;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.Gzip;
import dev.millrace.spi.testing.VirtualScheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** A host whose time and targets belong to a test. */
final class FakeContext extends BareContext {
    final CountedMetrics metrics = new CountedMetrics();
    final List<String> errors = new ArrayList<>();
    final Map<String, FakeDiscovery> discoveries = new HashMap<>();
    final Map<String, Supplier<Map<String, Object>>> shown = new HashMap<>();
    final FakeState state;
    private final VirtualScheduler scheduler;
    private final HttpClient client;
    private Optional<Object> left = Optional.empty();
    private Optional<Object> inherited = Optional.empty();

    FakeContext(VirtualScheduler scheduler, HttpClient client) {
        this(scheduler, client, new FakeState());
    }

    /** A host after a restart, with what is in the journal. */
    FakeContext(VirtualScheduler scheduler, HttpClient client, FakeState state) {
        super("input_prometheus");
        this.state = state;
        this.scheduler = scheduler;
        this.client = client;
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
    @SuppressWarnings("unchecked") // a test refers to discoveries only
    public <T extends Component> T component(ComponentRef<T> reference) {
        return (T) discoveries.computeIfAbsent(reference.id().toString(), id -> new FakeDiscovery());
    }

    @Override
    public Compression compression() {
        return new Gzip("gzip");
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public void reportError(String message) {
        errors.add(message);
    }

    @Override
    public void reportRecovery() {
        errors.add("over");
    }

    @Override
    public <T> Optional<T> inherited(Class<T> type) {
        return inherited.filter(type::isInstance).map(type::cast);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void leave(Object state) {
        left = Optional.of(state);
    }

    @Override
    public void show(String name, Supplier<Map<String, Object>> document) {
        shown.put(name, document);
    }

    /** From now on it belongs to the successor of the component that has stopped. */
    void reload() {
        inherited = left;
        left = Optional.empty();
    }
}
