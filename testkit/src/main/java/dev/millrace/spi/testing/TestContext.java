package dev.millrace.spi.testing;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.DatagramHandler;
import dev.millrace.spi.State;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host provides to a component, in the hands of a test: time passes, servers answer and volumes are full when the
 * test says so. Closed by {@link PluginLife}. Thread-safe.
 */
public final class TestContext extends BareContext {
    /** When its time begins, in milliseconds since the epoch: the first of January 2026. */
    public static final long START = 1_767_225_600_000L;

    private final VirtualScheduler scheduler = new VirtualScheduler(START);
    private final TestHttpClient http = new TestHttpClient();
    private final TestMetrics metrics = new TestMetrics();
    private final Compression compression = new Gzip("gzip", "snappy", "zstd");
    private final MemoryState state = new MemoryState();
    private volatile @Nullable DatagramHandler datagrams;
    private final Map<ComponentId, Component> components = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentSkipListMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private volatile Optional<String> trouble = Optional.empty();
    private final List<Path> folders = new CopyOnWriteArrayList<>();
    private volatile MetricBatch hostMetrics = MetricBatch.builder(0).build();
    private volatile boolean environmentFails;
    private volatile @Nullable Object left;
    private volatile @Nullable Object inheritance;

    TestContext(String id) {
        super(id);
    }

    /** The other end of its HTTP clients. */
    public TestHttpClient http() {
        return http;
    }

    /** The handlers that it serves, by path. */
    public Map<String, HttpHandler> handlers() {
        return Map.copyOf(handlers);
    }

    /** What the component reported. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** What is wrong with the component, as it reported it last; empty when it reported that this is over. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** What the component left to its successor, or null. */
    public @Nullable Object left() {
        return left;
    }

    /** Has addresses taken and volumes full from now on: {@code listen} and {@code temporaryFolder} fail. */
    public TestContext failingEnvironment() {
        environmentFails = true;
        return this;
    }

    /** Whether it was told to fail. */
    boolean isFailing() {
        return environmentFails;
    }

    /** Adds a component that options may refer to. */
    public TestContext with(String id, Component component) {
        components.put(ComponentId.parse(id), component);
        return this;
    }

    /** Gives the component what its predecessor left. */
    public TestContext inheriting(Object state) {
        inheritance = state;
        return this;
    }

    /** Has the host publish these of itself from now on. */
    public TestContext publishing(MetricBatch metricsOfHost) {
        hostMetrics = metricsOfHost;
        return this;
    }

    @Override
    public MetricBatch hostMetrics() {
        return hostMetrics;
    }

    /** Lets time pass: servers answer, tasks run. */
    public void advance(Duration duration) {
        http.answerAll();
        scheduler.advance(duration);
        http.answerAll();
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
        return http;
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler)
            throws IOException {
        if (environmentFails) {
            throw new IOException(address + ": address in use");
        }
        handlers.put(path, handler);
    }

    @Override
    public void listenDatagrams(InetSocketAddress address, int maxBytes, DatagramHandler handler) throws IOException {
        if (environmentFails) {
            throw new IOException(address + ": address in use");
        }
        datagrams = handler;
    }

    /** What takes datagrams, where the component listens for them. */
    public Optional<DatagramHandler> datagrams() {
        return Optional.ofNullable(datagrams);
    }

    @Override
    public <T extends Component> T component(ComponentRef<T> reference) {
        Component component = components.get(reference.id());
        if (component == null) {
            throw new IllegalArgumentException(
                    "component: " + reference.id() + " (expected: one given to the test's context)");
        }
        @SuppressWarnings("unchecked") // the test gave it for this reference
        T typed = (T) component;
        return typed;
    }

    @Override
    public Compression compression() {
        return compression;
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
    public void reportTrouble(String message) {
        errors.add(message);
        trouble = Optional.of(message);
    }

    @Override
    public void reportRecovery() {
        trouble = Optional.empty();
    }

    @Override
    public void credentialsChanged() {}

    @Override
    public DeliveryStatistics delivery() {
        return () -> new DeliveryStatistics.Snapshot(0, 0, 0, 0, 0, Map.of(), 0, 0, 1, 1, 1, 1, 1, 0, 0, 0);
    }

    @Override
    public Path temporaryFolder() throws IOException {
        if (environmentFails) {
            throw new IOException("no space left on device");
        }
        Path folder = Files.createTempDirectory(id().type());
        folders.add(folder);
        return folder;
    }

    @Override
    public <T> Optional<T> inherited(Class<T> type) {
        Object given = inheritance;
        return type.isInstance(given) ? Optional.of(type.cast(given)) : Optional.empty();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void leave(Object successor) {
        left = successor;
    }

    /** Ends what the component acquired, as the host does when it has stopped. */
    void close() {
        scheduler.shutdown();
        http.closeAll();
        handlers.clear();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        folders.clear();
    }

    /** A state that is there at once. */
    private static final class MemoryState implements State {
        private final Map<String, State> parts = new ConcurrentHashMap<>();
        private volatile byte[] bytes = {};

        @Override
        public Optional<byte[]> get() {
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes.clone());
        }

        @Override
        public void set(byte[] state) {
            if (state.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "state: " + state.length + " bytes (expected: <= " + MAX_BYTES + ")");
            }
            bytes = state.clone();
        }

        @Override
        public State part(String name) {
            return parts.computeIfAbsent(name, n -> new MemoryState());
        }

        @Override
        public Set<String> parts() {
            return parts.entrySet().stream()
                    .filter(part -> part.getValue().get().isPresent())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }
}
