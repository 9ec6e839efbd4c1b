package dev.millrace.plugin.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.credentials.client.BasicAuth;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDiscoveryTest {
    private static final String URL = "http://inventory:8080/targets";

    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final CountedMetrics metrics = new CountedMetrics();
    private final List<String> troubles = new ArrayList<>();
    private final List<List<TargetGroup>> found = new ArrayList<>();
    private final List<HttpRequest> requests = new ArrayList<>();
    private CompletionStage<HttpResponse> answer = new CompletableFuture<>();

    private HttpDiscovery start(HttpClientConfig client) {
        HttpDiscoveryOptions options = new HttpDiscoveryOptions(URL, Duration.ofMinutes(1), client);
        HttpDiscovery discovery = new HttpDiscovery(options, new BareContext("discovery_http") {
            @Override
            public ScheduledExecutorService scheduler() {
                return scheduler;
            }

            @Override
            public Metrics metrics() {
                return metrics;
            }

            @Override
            public HttpClient httpClient(HttpClientSettings settings) {
                return (request, timeout) -> {
                    requests.add(request);
                    return answer;
                };
            }

            @Override
            public void reportTrouble(String message) {
                troubles.add(message);
            }

            @Override
            public void reportRecovery() {
                troubles.add("over");
            }
        });
        discovery.start(found::add);
        scheduler.advance(Duration.ZERO);
        return discovery;
    }

    private static HttpResponse response(int status, String type, String text) {
        return new HttpResponse(
                status, HttpHeaders.of("Content-Type", type), HttpBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void say(int status, String type, String text) {
        answer = CompletableFuture.completedFuture(response(status, type, text));
    }

    private void minute() {
        scheduler.advance(Duration.ofMinutes(1));
    }

    @Test
    void takesTheTargetsThatTheServerNames() {
        say(
                200,
                "application/json",
                "[{\"targets\": [\"a:1\"], \"labels\": {\"env\": \"prod\"}}, {\"targets\": [\"b:1\"]}]");
        start(HttpClientConfig.DEFAULT);

        assertThat(found)
                .containsExactly(List.of(
                        new TargetGroup(
                                URL + ":0",
                                List.of(Map.of("__address__", "a:1")),
                                Map.of("env", "prod", "__meta_url", URL)),
                        new TargetGroup(URL + ":1", List.of(Map.of("__address__", "b:1")), Map.of("__meta_url", URL))));
        assertThat(requests.get(0).headers().first("X-Prometheus-Refresh-Interval-Seconds"))
                .contains("60");
        assertThat(requests.get(0).headers().first("Accept")).contains("application/json");
        assertThat(requests.get(0).headers().first("Authorization")).isEmpty();

        minute();
        assertThat(requests).hasSize(2);
        assertThat(found).as("nothing has changed").hasSize(1);

        say(200, "Application/JSON; charset=utf-8", "[]");
        minute();
        assertThat(found).last().isEqualTo(List.of());
    }

    @Test
    void sendsCredentials() {
        start(HttpClientConfig.DEFAULT.with(BasicAuth.of("me", "pw")));
        assertThat(requests.get(0).headers().first("Authorization")).contains("Basic bWU6cHc=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | application/json | [] | HTTP status 503 (expected: 200)",
                "200 | text/html | [] | Content-Type: 'text/html' (expected: application/json, of UTF-8)",
                "200 | application/json | {} | line 1, column 1: a mapping (expected: a list of mappings with 'targets'"
                        + " and 'labels')",
            })
    void anAnswerThatIsNoneKeepsTheTargets(int status, String type, String text, String problem) {
        say(200, "application/json", "[{\"targets\": [\"a:1\"]}]");
        start(HttpClientConfig.DEFAULT);
        say(status, type, text);
        minute();
        minute();

        assertThat(found).hasSize(1);
        assertThat(troubles).containsExactly(URL + ": " + problem, URL + ": " + problem);
        assertThat(metrics.counters).containsEntry("prometheus_sd_refresh_failures_total[mechanism, http]", 2L);

        say(200, "application/json", "[]");
        minute();
        assertThat(troubles).last().isEqualTo("over");
        assertThat(found).hasSize(2);
    }

    @Test
    void asksOneQuestionAtATime() {
        CompletableFuture<HttpResponse> late = new CompletableFuture<>();
        answer = late;
        start(HttpClientConfig.DEFAULT);
        minute();
        minute();
        assertThat(requests).hasSize(1);
        assertThat(found).as("what is not known is not none").isEmpty();

        late.completeExceptionally(new ConnectException("inventory:8080: connection refused"));
        say(200, "application/json", "[]");
        minute();
        assertThat(requests).hasSize(2);
        assertThat(troubles).containsExactly("inventory:8080: connection refused", "over");
        assertThat(found).containsExactly(List.of());
    }

    @Test
    void aSuccessorIsGivenWhatIsKnown() {
        say(200, "application/json", "[{\"targets\": [\"a:1\"]}]");
        HttpDiscovery discovery = start(HttpClientConfig.DEFAULT);
        List<List<TargetGroup>> other = new ArrayList<>();
        discovery.start(other::add);

        assertThat(other).isEqualTo(found);
        minute();
        assertThat(requests).as("it goes on in its rhythm").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inventory", "ftp://inventory/", "http:///targets", "http://me:pw@inventory/", "http://a b/"})
    void refusesWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> new HttpDiscoveryOptions(url, Duration.ofMinutes(1), HttpClientConfig.DEFAULT))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("'" + url + "' (expected: a URL with http or https and a host)");
    }
}
