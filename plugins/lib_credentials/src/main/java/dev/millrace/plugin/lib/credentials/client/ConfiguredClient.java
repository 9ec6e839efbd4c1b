package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.NotSentException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client as {@link HttpClientConfig} has it: it adds header fields and credentials to each request. A request that is
 * answered with 401 is sent once more where there are other credentials by then.
 */
public final class ConfiguredClient implements HttpClient {
    private static final int UNAUTHORIZED = 401;
    private static final int LARGEST_REFUSAL = 64 << 10;

    private final HttpClient client;
    private final Optional<ClientAuthenticator> authenticator;
    private final Map<String, List<SecretText>> headers;
    private final ScheduledExecutorService scheduler;

    private ConfiguredClient(HttpClientConfig config, HttpClient client, PluginContext context) {
        this.client = client;
        this.authenticator = config.authenticator(context);
        this.headers = new LinkedHashMap<>();
        config.httpHeaders().forEach((name, values) -> headers.put(name, values.texts(name, context)));
        this.scheduler = context.scheduler();
    }

    /**
     * A client of a component.
     *
     * @param base settings of connections that the configuration says nothing of
     */
    public static HttpClient of(HttpClientConfig config, HttpClientSettings base, PluginContext context) {
        return over(context.httpClient(config.settings(base)), config, context);
    }

    /** The same over the connections of a client that has the configuration's settings already. */
    public static HttpClient over(HttpClient client, HttpClientConfig config, PluginContext context) {
        ConfiguredClient configured = new ConfiguredClient(config, client, context);
        return configured.authenticator.isEmpty() && configured.headers.isEmpty() ? client : configured;
    }

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        HttpRequest complete;
        try {
            complete = request.withHeaders(withOwn(request.headers()));
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return authenticator.isEmpty()
                ? client.send(complete, timeout)
                : send(authenticator.get(), complete, System.nanoTime() + timeout.toNanos(), true);
    }

    private HttpHeaders withOwn(HttpHeaders fields) throws HttpConfigurationException {
        HttpHeaders all = fields;
        for (Map.Entry<String, List<SecretText>> field : headers.entrySet()) {
            for (SecretText value : field.getValue()) {
                all = all.plus(field.getKey(), value.get());
            }
        }
        return all;
    }

    private CompletionStage<HttpResponse> send(
            ClientAuthenticator known, HttpRequest request, long deadline, boolean first) {
        return inTime(known.authenticate(request).toCompletableFuture(), deadline)
                .thenCompose(ready -> client.send(ready, left(deadline)).thenCompose(response -> {
                    if (!first || response.status() != UNAUTHORIZED || !known.refused(ready)) {
                        return CompletableFuture.completedFuture(response);
                    }
                    return response.body()
                            .collect(new BodyBuffer(0), LARGEST_REFUSAL)
                            .handle((read, failure) -> send(known, request, deadline, false))
                            .thenCompose(again -> again);
                }));
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /* Credentials may have to be asked for; who waits for them does so no longer than for the answer. */
    private CompletionStage<HttpRequest> inTime(CompletableFuture<HttpRequest> authenticated, long deadline) {
        if (authenticated.isDone()) {
            return authenticated;
        }
        CompletableFuture<HttpRequest> result = new CompletableFuture<>();
        ScheduledFuture<?> alarm = scheduler.schedule(
                () -> result.completeExceptionally(new NotSentException("no credentials came in time")),
                left(deadline).toNanos(),
                TimeUnit.NANOSECONDS);
        authenticated.whenComplete((ready, failure) -> {
            alarm.cancel(false);
            if (failure == null) {
                result.complete(ready);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
