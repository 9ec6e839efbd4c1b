package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Component;
import dev.millrace.spi.Compression;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import dev.millrace.spi.testing.BareContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context whose client keeps requests and answers as the test says, and whose snappy writes {@code s:} before. */
final class FakeContext extends BareContext implements Compression {
    final List<HttpRequest> requests = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    final FakeMetrics metrics = new FakeMetrics();

    /** What answers; by default a receiver of 1.0 that looks at no content type. */
    Function<HttpRequest, HttpResponse> receiver = request -> answer(204);

    /** The same for a test that answers later. */
    Function<HttpRequest, CompletionStage<HttpResponse>> later =
            request -> CompletableFuture.completedFuture(receiver.apply(request));

    Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Nullable
    Object left;

    private static final Map<String, Long> DROPPED =
            Map.of("too_old", 7L, "nhcb_in_rw1_not_supported", 2L, "not_written", 1L);

    private final Component component;

    FakeContext(Component component) {
        super("flusher_prometheus/far");
        this.component = component;
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
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** An answer of a status and fields. */
    static HttpResponse answer(int status, String... namesAndValues) {
        return new HttpResponse(status, HttpHeaders.of(namesAndValues), HttpBody.empty());
    }

    /** Runs what is scheduled at once. */
    @Override
    public ScheduledExecutorService scheduler() {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                return super.schedule(command, 0, unit);
            }
        };
    }

    @Override
    public <T> Optional<T> inherited(Class<T> type) {
        return Optional.ofNullable(left).filter(type::isInstance).map(type::cast);
    }

    @Override
    public void leave(Object state) {
        left = state;
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        return (request, timeout) -> request.body()
                .collect(new BodyBuffer(100), 100_000)
                .thenCompose(body -> {
                    HttpRequest kept = new HttpRequest(
                            request.method(), request.uri(), request.headers(), HttpBody.of(body.toByteArray()));
                    requests.add(kept);
                    bodies.add(body.toString().substring(2));
                    return later.apply(kept);
                });
    }

    @Override
    @SuppressWarnings("unchecked") // there is only one
    public <T extends Component> T component(ComponentRef<T> reference) {
        return (T) component;
    }

    @Override
    public Compression compression() {
        return this;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public DeliveryStatistics delivery() {
        return () -> new DeliveryStatistics.Snapshot(
                100, 90, 20, 60, 5, DROPPED, 28, 10, 4, 1, 32, 9, 8000, 3, 1_500, 1_250);
    }

    @Override
    public Set<String> names() {
        return Set.of("snappy");
    }

    @Override
    public void compress(String name, BodyBuffer input, BodyBuffer output) {
        output.write("s:".getBytes(StandardCharsets.US_ASCII), 0, 2);
        output.write(input.array(), 0, input.length());
    }

    @Override
    public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) {
        throw new UnsupportedOperationException();
    }
}
