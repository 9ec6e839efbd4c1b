package dev.millrace.plugin.discovery.http;

import dev.millrace.plugin.lib.credentials.client.ConfiguredClient;
import dev.millrace.plugin.lib.discovery.MalformedListException;
import dev.millrace.plugin.lib.discovery.Refreshes;
import dev.millrace.plugin.lib.discovery.TargetList;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Asks a server for its list of targets, as Prometheus does. */
final class HttpDiscovery implements TargetDiscovery {
    private static final String LABEL = "__meta_url";
    private static final int LARGEST_LIST = 256 << 20;
    private static final int LARGEST_ERROR = 64 << 10;
    private static final Pattern JSON =
            Pattern.compile("application/json(;\\s*charset=(\"utf-8\"|utf-8))?", Pattern.CASE_INSENSITIVE);

    private final String url;
    private final Duration timeout;
    private final HttpClient client;
    private final HttpRequest request;
    private final Refreshes refreshes;

    HttpDiscovery(HttpDiscoveryOptions options, PluginContext context) {
        url = options.url();
        timeout = options.refreshInterval();
        client = ConfiguredClient.of(options.client(), HttpClientSettings.DEFAULT, context);
        request = HttpRequest.get(URI.create(url)).withHeaders(headers(options));
        refreshes = new Refreshes(context, "http", options.refreshInterval(), this::ask);
    }

    private static HttpHeaders headers(HttpDiscoveryOptions options) {
        String seconds = BigDecimal.valueOf(options.refreshInterval().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
        return HttpHeaders.of("Accept", "application/json", "X-Prometheus-Refresh-Interval-Seconds", seconds);
    }

    @Override
    public void start(Consumer<List<TargetGroup>> found) {
        refreshes.start(found);
    }

    private CompletionStage<List<TargetGroup>> ask() {
        return client.send(request, timeout).thenCompose(this::answer);
    }

    private CompletionStage<List<TargetGroup>> answer(HttpResponse response) {
        String problem = problem(response);
        BodyBuffer body = new BodyBuffer(LARGEST_ERROR);
        if (!problem.isEmpty()) {
            IOException failure = new IOException(url + ": " + problem);
            return response.body()
                    .collect(body, LARGEST_ERROR)
                    .handle((collected, late) -> failure)
                    .thenCompose(CompletableFuture::failedFuture);
        }
        return response.body().collect(body, LARGEST_LIST).thenCompose(this::groups);
    }

    private static String problem(HttpResponse response) {
        if (response.status() != 200) {
            return "HTTP status " + response.status() + " (expected: 200)";
        }
        String type = response.headers().first("Content-Type").orElse("");
        return JSON.matcher(type.strip()).matches()
                ? ""
                : "Content-Type: '" + type + "' (expected: application/json, of UTF-8)";
    }

    private CompletionStage<List<TargetGroup>> groups(BodyBuffer body) {
        try {
            TargetList list = TargetList.ofJson(Arrays.copyOf(body.array(), body.length()));
            return CompletableFuture.completedFuture(list.groups(url, LABEL));
        } catch (MalformedListException e) {
            return CompletableFuture.failedFuture(new IOException(url + ": " + e.getMessage()));
        }
    }
}
