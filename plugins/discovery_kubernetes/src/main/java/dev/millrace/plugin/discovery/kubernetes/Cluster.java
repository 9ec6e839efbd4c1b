package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The API of a cluster. Thread-safe. */
final class Cluster {
    private static final int LARGEST_REFUSAL = 64 << 10;
    private static final HttpHeaders JSON = HttpHeaders.of("Accept", "application/json");

    private final URI base;
    private final HttpClient client;

    /**
     * An API.
     *
     * @param base where it is, without a slash at its end
     */
    Cluster(URI base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** Where a path of the API is. */
    URI at(String path) {
        return URI.create(base + path);
    }

    /**
     * Asks for something.
     *
     * @param timeout until the last byte of the answer
     * @return the body of an answer with status 200; fails with {@link RefusedException} for another status
     */
    CompletionStage<HttpBody> get(String path, Duration timeout) {
        return client.send(HttpRequest.get(at(path)).withHeaders(JSON), timeout).thenCompose(Cluster::accepted);
    }

    private static CompletionStage<HttpBody> accepted(HttpResponse response) {
        if (response.status() == 200) {
            return CompletableFuture.completedFuture(response.body());
        }
        return response.body()
                .collect(new BodyBuffer(1024), LARGEST_REFUSAL)
                .handle((body, tooMuch) -> RefusedException.of(response, body))
                .thenCompose(CompletableFuture::failedFuture);
    }
}
