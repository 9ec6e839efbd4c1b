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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A context whose client keeps requests and answers each with one status, and whose snappy writes {@code s:} before. */
final class FakeContext extends BareContext implements Compression {
    final List<HttpRequest> requests = new ArrayList<>();
    final FakeMetrics metrics = new FakeMetrics();
    int status = 204;

    private final Component component;

    FakeContext(Component component) {
        super("flusher_prometheus/far");
        this.component = component;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        return (request, timeout) -> request.body()
                .collect(new BodyBuffer(100), 1000)
                .thenCompose(body -> {
                    requests.add(new HttpRequest(
                            request.method(), request.uri(), request.headers(), HttpBody.of(body.toByteArray())));
                    return CompletableFuture.completedFuture(
                            new HttpResponse(status, HttpHeaders.EMPTY, HttpBody.empty()));
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
                100, 90, 20, 60, 5, Map.of("too_old", 7L), 28, 10, 4, 1, 32, 9, 1_500, 1_250);
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
