package dev.example.bad;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A flusher that keeps every rule; those that break one begin with it. */
public class FlusherFactory implements PluginFactory<FlusherFactory.Options, Flusher> {
    public record Options(
            @Doc("Where it posts to.") @Default("http://127.0.0.1:1/")
            String url) {}

    @Override
    public String type() {
        return "flusher_good";
    }

    @Override
    public final Class<Options> options() {
        return Options.class;
    }

    @Override
    public final Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(Options options, PluginContext context) throws Exception {
        return new Good(context, options.url());
    }

    /** Posts the number of rows, and retries what no server took. */
    static class Good implements Flusher {
        final HttpClient client;
        private final URI url;

        Good(PluginContext context, String url) {
            client = context.httpClient(HttpClientSettings.DEFAULT);
            this.url = URI.create(url);
        }

        @Override
        public CompletionStage<Outcome> send(Slice slice) {
            byte[] body = body(slice);
            return recorded(slice, body.length)
                    .thenCompose(unused -> post(body))
                    .handle((response, failure) -> failure == null
                            ? outcome(slice, response.status())
                            : new Outcome.Retry(String.valueOf(failure.getMessage())));
        }

        CompletionStage<Void> recorded(Slice slice, int checksum) {
            return slice.record("text", checksum);
        }

        byte[] body(Slice slice) {
            return Integer.toString(slice.size()).getBytes(StandardCharsets.UTF_8);
        }

        CompletionStage<HttpResponse> post(byte[] body) {
            HttpRequest request = new HttpRequest("POST", url, HttpHeaders.EMPTY, HttpBody.of(body));
            return client.send(request, Duration.ofSeconds(5));
        }

        Outcome outcome(Slice slice, int status) {
            return status == 200 ? Outcome.Delivered.ALL : new Outcome.Retry("status " + status);
        }
    }

    static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
