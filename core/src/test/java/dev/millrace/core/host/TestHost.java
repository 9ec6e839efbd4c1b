package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.cache.Caches;
import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.calls.WorkerPool;
import dev.millrace.core.compression.Codecs;
import dev.millrace.core.config.Factories;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.tap.Taps;
import dev.millrace.core.transport.Route;
import dev.millrace.core.transport.ServerLimits;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The host's pipelines over real journals and a real network, with plugins and a clock in the test's hands. */
final class TestHost implements AutoCloseable {
    private static final int WORKERS = 4;

    final TestPlugins plugins = new TestPlugins();
    final MetricRegistry metrics = new MetricRegistry();
    final Pipelines pipelines;
    private final AtomicLong ahead = new AtomicLong();
    private volatile Instant stopped;
    private final AtomicBoolean deliveriesFail = new AtomicBoolean();
    private final ScheduledExecutorService workers = new WorkerPool(WORKERS);
    private final PluginCalls calls;
    private final Transport transport;
    private final Path root;

    TestHost(Path root) throws IOException {
        this(root, List.of(), Deadlines.DEFAULT, ServerLimits.DEFAULT);
    }

    /** A host that has other plugins, too. */
    TestHost(Path root, List<Factories> others, Deadlines deadlines, ServerLimits limits) throws IOException {
        this(root, root.resolve("data"), others, deadlines, limits);
    }

    /** A host whose data are elsewhere. */
    TestHost(Path root, Path data) throws IOException {
        this(root, data, List.of(), Deadlines.DEFAULT, ServerLimits.DEFAULT);
    }

    private TestHost(Path root, Path data, List<Factories> others, Deadlines deadlines, ServerLimits limits)
            throws IOException {
        this.root = root;
        this.transport = Transport.start(workers, limits);
        this.calls = new PluginCalls(WORKERS, deadlines);
        metrics.register(calls.counts()::collect);
        Files.createDirectories(root.resolve("conf/pipelines"));
        Path temporary = Files.createDirectories(root.resolve("tmp"));
        Services services = new Services(
                workers,
                transport,
                metrics,
                new ShownDocuments(),
                new Taps(),
                new Codecs(),
                Caches.ofHeap(),
                temporary,
                clock(),
                calls);
        Factories all = others.isEmpty() ? plugins : new Together(plugins, others.get(0));
        pipelines = new Pipelines(root.resolve("conf"), data, problems -> new Taken(all, List.of()), services);
    }

    /** Plugins of two kinds. */
    private record Together(Factories one, Factories other) implements Factories {
        @Override
        public PluginFactory<?, ?> find(String typeOrAlias) {
            PluginFactory<?, ?> found = one.find(typeOrAlias);
            return found == null ? other.find(typeOrAlias) : found;
        }

        @Override
        public Set<String> types() {
            Set<String> types = new TreeSet<>(one.types());
            types.addAll(other.types());
            return types;
        }

        @Override
        public String whyMissing(String type) {
            return other.whyMissing(type);
        }
    }

    /** Time passes only by {@link #pass} from now on, however slow the machine is. */
    void stopClock() {
        stopped = Instant.now();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                if (Thread.currentThread().getName().startsWith("delivery") && deliveriesFail.getAndSet(false)) {
                    throw new IllegalStateException("the test wants a delivery to fail");
                }
                Instant still = stopped;
                return (still == null ? Instant.now() : still).plusMillis(ahead.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** Lets time pass for everything that waits for the wall clock. */
    void pass(Duration time) {
        ahead.addAndGet(time.toMillis());
    }

    /** The next delivery that reads the clock, to say what went wrong, fails by itself. */
    void failADelivery() {
        deliveriesFail.set(true);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    /** Writes a pipeline with an input and flushers. */
    void write(String name, String inputOptions, String... flushers) throws IOException {
        StringBuilder text = new StringBuilder("inputs:\n  - {Type: input_hand" + inputOptions + "}\nflushers:\n");
        Stream.of(flushers)
                .forEach(flusher -> text.append("  - {Type: ").append(flusher).append("}\n"));
        write(name, text.toString());
    }

    Path file(String name) {
        return root.resolve("conf/pipelines").resolve(name + ".yaml");
    }

    Report reload() throws Exception {
        return pipelines.reload("test").get(60, TimeUnit.SECONDS);
    }

    /** The flushers that have a cursor in a pipeline's journal. */
    List<String> cursors(String pipeline) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("data").resolve(pipeline))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cursor"))
                    .sorted()
                    .toList();
        }
    }

    String page() throws IOException {
        return text(metrics);
    }

    /** What is told of the calls into plugins, without a call into one. */
    String callsPage() throws IOException {
        MetricRegistry registry = new MetricRegistry();
        registry.register(calls.counts()::collect);
        return text(registry);
    }

    private static String text(MetricRegistry registry) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.write(page, "");
        return page.toString(StandardCharsets.UTF_8);
    }

    void assertState(String pipeline, String component, String state) throws IOException {
        assertThat(page())
                .contains("millrace_component_state{component=\"" + component + "\",pipeline=\"" + pipeline
                        + "\",state=\"" + state + "\"} 1.0\n");
    }

    /** A socket is closed with its last handler, as no reload holds it. */
    void assertSocketsAreFreed() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        transport
                .serve(
                        address,
                        new Route(
                                "test",
                                "/",
                                0,
                                request -> CompletableFuture.completedFuture(HttpResponse.text(200, ""))))
                .close();
        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(address);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Pushes a value over HTTP, and returns the status. */
    static int post(int port, double value) throws IOException {
        return post(port, "/push?" + value, 20_000);
    }

    static int post(int port, String path, int timeoutMillis) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        return connection.getResponseCode();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    void awaitKept(String flusher, Double... values) {
        await(
                flusher + " has kept " + List.of(values),
                () -> plugins.kept(flusher).containsAll(List.of(values)));
    }

    @Override
    public void close() {
        pipelines.close();
        transport.close();
        workers.shutdownNow();
    }
}
