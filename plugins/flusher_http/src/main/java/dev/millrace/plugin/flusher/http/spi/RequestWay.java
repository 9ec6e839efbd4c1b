package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way of a request to the network: through the interceptors, the first of the list before the others, and last to the
 * authenticator, so that what it signs is what is sent and no interceptor sees credentials.
 */
final class RequestWay {
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client;
    private final Duration timeout;
    private final Optional<ClientAuthenticator> authenticator;
    private final RequestInterceptor.Next entry;

    RequestWay(PluginContext context, HttpFlusherSettings settings, HttpClient client) {
        this.client = client;
        this.timeout = settings.timeout();
        this.authenticator = settings.authenticator().map(context::component);
        List<RequestInterceptor> interceptors =
                settings.requestInterceptors().stream().map(context::component).toList();
        RequestInterceptor.Next next = this::toTheNetwork;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            RequestInterceptor interceptor = interceptors.get(i);
            RequestInterceptor.Next behind = next;
            next = request -> interceptor.intercept(request, behind);
        }
        this.entry = next;
    }

    /** Sends a request; completes and fails as {@link HttpClient#send} does. */
    CompletionStage<HttpResponse> send(HttpRequest request) {
        return entry.send(request);
    }

    private CompletionStage<HttpResponse> toTheNetwork(HttpRequest request) {
        return authenticator.map(known -> send(request, known, true)).orElseGet(() -> client.send(request, timeout));
    }

    private CompletionStage<HttpResponse> send(HttpRequest request, ClientAuthenticator known, boolean first) {
        return known.authenticate(request)
                .thenCompose(ready -> client.send(ready, timeout)
                        .thenCompose(response -> first && response.status() == UNAUTHORIZED && known.refused(ready)
                                ? AnswerText.of(response.body()).thenCompose(read -> send(request, known, false))
                                : CompletableFuture.completedFuture(response)));
    }
}
