package dev.millrace.spi;

import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.dns.DnsQuestion;
import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ListenSettings;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/**
 * What the host provides to one component.
 *
 * <p>Whatever is acquired here belongs to the component and is closed by the host when the component has stopped, last
 * first. A plugin makes no thread, socket or temporary file of its own. Thread-safe.
 */
public interface PluginContext {
    /** The component's identity. */
    ComponentId id();

    /** The name of the pipeline that the component is part of. */
    String pipeline();

    /** The clock to take times from. */
    Clock clock();

    /**
     * Runs tasks on the host's workers, of which there are as many as cores: for work that computes, not for work that
     * waits. Shut down by the host.
     */
    ScheduledExecutorService scheduler();

    /** A client for HTTP, with connections of its own. */
    HttpClient httpClient(HttpClientSettings settings);

    /**
     * Serves HTTP at an address and path until the component has stopped. Sockets belong to the host: where another
     * component listens at the same address already, they share the socket, and where the component's own predecessor
     * served the same path, this handler takes over from it without a gap.
     *
     * @param path the path, and all below it, that the handler serves
     * @param maxBodyBytes the largest body that is accepted, compressed or not; a larger one is answered with 413
     * @throws IOException if the address cannot be bound, or another component serves the path
     */
    void listen(InetSocketAddress address, String path, long maxBodyBytes, HttpHandler handler) throws IOException;

    /**
     * As {@link #listen(InetSocketAddress, String, long, HttpHandler)}, with encryption and limits; without a host, without
     * both.
     *
     * @throws IOException also if a file of the encryption can not be used, or another component serves at the address
     *     with other encryption
     */
    default void listen(ListenSettings settings, HttpHandler handler) throws IOException {
        listen(settings.address(), settings.path(), settings.maxBodyBytes(), handler);
    }

    /**
     * Receives datagrams of UDP until the component has stopped. The socket belongs to the host: the component's successor
     * takes it over without a gap. What comes faster than the handler takes it waits, up to a few megabytes; what is beyond
     * is dropped and counted in the component's metrics, and so is what is too large.
     *
     * @param maxBytes the largest datagram
     * @throws IOException if the address cannot be bound, or another component has it
     */
    default void listenDatagrams(InetSocketAddress address, int maxBytes, DatagramHandler handler) throws IOException {
        throw new IOException(address + ": datagrams are received in a host only");
    }

    /**
     * Looks a name up in the DNS, without a cache. Each server has two seconds. The machine's servers and its search list are
     * those of {@code /etc/resolv.conf}, which is read each time.
     *
     * @return completes on a worker, with the records of the type in the order of the answer, none where the name is known
     *     to have none; fails with {@link IOException}, in words for a person, where no server said what is true
     */
    default CompletionStage<List<DnsRecord>> lookUp(DnsQuestion question) {
        return CompletableFuture.failedFuture(
                new IOException(question.name() + ": names are looked up in a host only"));
    }

    /**
     * The component that an option refers to, created and checked by the host.
     *
     * @param <T> its kind
     */
    <T extends Component> T component(ComponentRef<T> reference);

    /** Compression by name: {@code gzip}, {@code snappy} (block format), {@code zstd}. */
    Compression compression();

    /**
     * A cache. The host says how large it may become: all caches together have a share of the heap. Its hits, misses and
     * size are among the component's metrics. Without a host nothing is kept.
     *
     * @param name what it holds, such as {@code labels}: the label {@code cache} of its metrics
     * @param bytes about how many bytes of the heap a key and its value take
     */
    default <K, V> Cache<K, V> cache(String name, ToIntBiFunction<? super K, ? super V> bytes) {
        return (key, compute) -> compute.apply(key);
    }

    /** Metrics that the host publishes with the labels {@code pipeline} and {@code component}. */
    Metrics metrics();

    /**
     * What the host publishes now of itself and of all components, as rows of this moment: the series that a scrape of its
     * {@code /metrics} gives, with their metadata. Without a host there is nothing.
     */
    default MetricBatch hostMetrics() {
        return MetricBatch.builder(0).build();
    }

    /**
     * Tells what went wrong now, as the status shows it as the last error of this component, which is an input. To be told
     * each time, where a log says it only once. Of a flusher the host knows it from what it answers.
     *
     * @param message one line that names the place, without secrets
     */
    void reportError(String message);

    /**
     * Tells what is wrong with this component until it tells {@link #reportRecovery}: it is degraded meanwhile, for this
     * reason. To be told each time that something fails, with what is wrong then; an error that is only reported is
     * forgotten after 90 s. Without a host it is an error as any other.
     *
     * @param message one line that names the place, without secrets
     */
    default void reportTrouble(String message) {
        reportError(message);
    }

    /** Tells that what {@link #reportTrouble} told is over; nothing happens where it told nothing. */
    default void reportRecovery() {}

    /**
     * Shows what this component knows at the admin address, as {@code data} of the JSON that {@code GET /api/v1/NAME} answers,
     * until it has stopped. Where several components show something under one name, their lists are joined, their
     * numbers added, and their maps merged.
     *
     * @param name one word, such as {@code targets}
     * @param document read when somebody asks, from any thread: of maps with texts as keys, lists, texts, numbers and
     *     booleans, without secrets
     */
    default void show(String name, Supplier<Map<String, Object>> document) {}

    /**
     * Tells that credentials which this component gives to others are other ones now: flushers of its pipeline that are
     * held try again at once.
     */
    void credentialsChanged();

    /** What became of the items sent by this component, which is a flusher. */
    DeliveryStatistics delivery();

    /** An empty folder of the component's own, deleted when it has stopped. */
    Path temporaryFolder() throws IOException;

    /**
     * What the predecessor of this component left: the component of the same identity in the state of the pipeline's
     * file before a reload. Empty at the first start, and where it left nothing of that type. To be asked in
     * {@code start}.
     */
    <T> Optional<T> inherited(Class<T> type);

    /**
     * What this component, which is an input, processor or aggregator, remembers over restarts, in step with its output.
     */
    State state();

    /** Leaves something to the successor of this component, in {@code stop}. Forgotten where there is no successor. */
    void leave(Object state);
}
