package dev.millrace.core.pipeline;

import dev.millrace.core.cache.BoundedCache;
import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.RunningCall;
import dev.millrace.core.calls.Thrown;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.delivery.OneLine;
import dev.millrace.core.files.FileTree;
import dev.millrace.core.metrics.MetricScope;
import dev.millrace.core.transport.PooledClient;
import dev.millrace.spi.Cache;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.Compression;
import dev.millrace.spi.DatagramHandler;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ListenSettings;
import dev.millrace.spi.metrics.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one component is given, and all that it acquired, to be closed last first. Thread-safe. */
final class ComponentContext implements PluginContext, WatchedComponent, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private static final int LONGEST_ERROR = 500;

    private final String pipeline;
    private final ComponentId id;
    private final String name;
    private final Services services;
    private final Map<ComponentId, Component> components;
    private final Inheritance inheritance;
    private final Runnable resumption;
    private final ComponentScheduler scheduler;
    private final Metrics metrics;
    private final LateStatistics delivery = new LateStatistics();
    private final LateState state;
    private final RepeatedLines complaints = new RepeatedLines(LOG, System::nanoTime);
    private final Object lock = new Object();
    private final Deque<AutoCloseable> acquired = new ArrayDeque<>();
    private final ComponentListeners listeners;
    private final LastError lastError = new LastError();
    private volatile boolean keepsState;
    private volatile boolean begun;
    private volatile @Nullable String hanging;
    private boolean closed;

    /**
     * A context.
     *
     * @param components the components that exist already, which this one may refer to
     * @param inheritance what passes from a generation to the next
     * @param resumption has held flushers of the pipeline try again
     */
    ComponentContext(
            String pipeline,
            ComponentId id,
            ClassLoader loader,
            Services services,
            Map<ComponentId, Component> components,
            Inheritance inheritance,
            Runnable resumption) {
        this.pipeline = pipeline;
        this.id = id;
        this.name = pipeline + "/" + id;
        this.services = services;
        this.components = components;
        this.inheritance = inheritance;
        this.resumption = resumption;
        this.state = new LateState(name);
        this.scheduler = new ComponentScheduler(
                this, loader, services.workers(), services.calls().workers());
        this.listeners = new ComponentListeners(this, services.transport(), scheduler.named("a request"));
        MetricScope scope = services.metrics().componentMetrics(pipeline, id.toString());
        this.metrics = new GuardedMetrics(this, scope);
        acquired.push(scope);
        acquired.push(scheduler::shutdown);
    }

    /** Pipeline and component, as logs and threads name them. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public ComponentId id() {
        return id;
    }

    @Override
    public String pipeline() {
        return pipeline;
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Where its sends run, even after its end. */
    Executor sends() {
        return scheduler.named("send");
    }

    /** Where it is told what became of its batches. */
    Executor acknowledgements() {
        return scheduler.named("an acknowledgement");
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        PooledClient client = services.transport().client(settings, scheduler.answers());
        acquire(client);
        if (client.readsCertificates()) {
            var unused = scheduler.scheduleWithFixedDelay(() -> lookAtCertificates(client), 0, 2, TimeUnit.SECONDS);
        }
        return client;
    }

    /* A held flusher makes no connection for which they would be looked at. */
    private void lookAtCertificates(PooledClient client) {
        if (client.hasNewCertificates()) {
            resumption.run();
        }
    }

    @Override
    public void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler)
            throws IOException {
        listen(new ListenSettings(address, path, maxBodyBytes), handler);
    }

    @Override
    public void listen(ListenSettings settings, HttpHandler handler) throws IOException {
        acquire(listeners.add(settings, handler));
    }

    @Override
    public void listenDatagrams(InetSocketAddress address, int maxBytes, DatagramHandler handler) throws IOException {
        acquire(listeners.add(address, maxBytes, handler, metrics));
    }

    /** Takes the component's listeners away, and waits a moment for requests that it has begun. */
    void endRequests() {
        listeners.endRequests();
    }

    @Override
    public CompletionStage<List<DnsRecord>> lookUp(DnsQuestion question) {
        return services.transport().lookUp(question, scheduler.answers());
    }

    @Override
    public <T extends Component> T component(ComponentRef<T> reference) {
        Component component = components.get(reference.id());
        if (component == null) {
            throw new IllegalArgumentException(
                    "component: " + reference.id() + " (expected: one that the options of " + id + " refer to)");
        }
        @SuppressWarnings("unchecked") // the kind was checked when the reference was resolved
        T typed = (T) component;
        return typed;
    }

    @Override
    public Compression compression() {
        return services.compression();
    }

    @Override
    public <K, V> Cache<K, V> cache(String cacheName, ToIntBiFunction<? super K, ? super V> bytes) {
        BoundedCache<K, V> cache = services.caches().open(bytes);
        acquire(cache);
        CacheMetrics.of(cache, cacheName, metrics);
        return cache;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public MetricBatch hostMetrics() {
        return services.metrics().rows(clock().millis());
    }

    @Override
    public void reportError(String message) {
        lastError.happened(clock().millis(), message);
    }

    @Override
    public void reportTrouble(String message) {
        lastError.began(clock().millis(), message);
    }

    @Override
    public void reportRecovery() {
        lastError.ended();
    }

    @Override
    public void show(String document, Supplier<Map<String, Object>> source) {
        Supplier<Map<String, Object>> guarded =
                new GuardedSupplier<>(this, "a document", "the document " + document, source);
        acquire(services.shown().add(document, pipeline, id.toString(), guarded));
    }

    @Override
    public void credentialsChanged() {
        resumption.run();
    }

    /** What the component told last that went wrong. */
    Optional<Incident> lastError() {
        return lastError.get();
    }

    @Override
    public LateStatistics delivery() {
        return delivery;
    }

    @Override
    public Path temporaryFolder() throws IOException {
        Path folder = Files.createTempDirectory(services.temporary(), id.type());
        acquire(() -> FileTree.delete(folder));
        return folder;
    }

    @Override
    public <T> Optional<T> inherited(Class<T> type) {
        return inheritance.take(id, type);
    }

    @Override
    public LateState state() {
        keepsState = true;
        return state;
    }

    /** Has the state of the component come from the journal, and returns it. */
    LateState state(KeptState source) {
        state.comeFrom(source);
        return state;
    }

    /** Whether the component asked for its state. */
    boolean keepsState() {
        return keepsState;
    }

    @Override
    public void leave(Object state) {
        synchronized (lock) {
            if (begun && !closed) { // before, it has nothing that its predecessor did not leave already
                inheritance.leave(id, this, state);
            }
        }
    }

    /** A call that is not back by its deadline was given up; where it is one of this component, that has failed. */
    private void gaveUp(RunningCall call) {
        if (call.component().equals(name())) {
            hanging = call.what();
            reportError("its call of " + call.what() + " did not return by its deadline, and was given up");
        }
    }

    @Override
    public boolean hangs() {
        return hanging != null;
    }

    @Override
    public RunningCall begin(String what, Runnable hung) {
        return services.calls().begin(name(), what, call -> {
            gaveUp(call);
            hung.run();
        });
    }

    @Override
    public ComponentException failed(String what, Throwable thrown) {
        ComponentException failure = services.calls().failed(name(), what, thrown);
        reportError(OneLine.of(String.valueOf(failure.getMessage()), LONGEST_ERROR));
        return failure;
    }

    @Override
    public void complain(String what, Throwable thrown) {
        complaints.error(String.valueOf(failed(what, thrown).getMessage()));
    }

    @Override
    public void unanswered(String what) {
        services.calls().counts().unanswered(name(), what);
        reportError(name() + ": " + what + " did not answer by its deadline, and was given up");
    }

    /** The call that the component did not return from; null where there is none. */
    @Nullable
    String hanging() {
        return hanging;
    }

    /** The component is to work from now on. */
    void begins() {
        begun = true;
    }

    @Override
    public void close() {
        while (true) {
            AutoCloseable next;
            synchronized (lock) {
                closed = true;
                next = acquired.poll();
            }
            if (next == null) {
                return;
            }
            close(next);
        }
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("{}: something it had acquired could not be closed: {}", name(), Thrown.line(e));
        }
    }

    /* A call that was abandoned may come here after the end; what it acquires then is closed at once. */
    private void acquire(AutoCloseable resource) {
        synchronized (lock) {
            if (!closed) {
                acquired.push(resource);
                return;
            }
        }
        close(resource);
        throw new IllegalStateException(name() + " has stopped (expected: nothing is acquired after that)");
    }
}
