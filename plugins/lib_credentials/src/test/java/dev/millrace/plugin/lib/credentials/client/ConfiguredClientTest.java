package dev.millrace.plugin.lib.credentials.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.NotSentException;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfiguredClientTest {
    private static final URI TARGET = URI.create("https://target/metrics");

    private final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    private final List<HttpRequest> requests = new ArrayList<>();
    private Function<HttpRequest, CompletionStage<HttpResponse>> server = request -> answer(200, "");

    @TempDir
    Path folder;

    private static CompletionStage<HttpResponse> answer(int status, String body) {
        return CompletableFuture.completedFuture(
                new HttpResponse(status, HttpHeaders.EMPTY, HttpBody.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    private HttpClient client(HttpClientConfig config) {
        return ConfiguredClient.of(config, HttpClientSettings.DEFAULT, new BareContext("input") {
            @Override
            public HttpClient httpClient(HttpClientSettings settings) {
                return (request, timeout) -> {
                    requests.add(request);
                    return server.apply(request);
                };
            }

            @Override
            public ScheduledExecutorService scheduler() {
                return scheduler;
            }

            @Override
            public Clock clock() {
                return scheduler.clock();
            }

            @Override
            public void credentialsChanged() {}
        });
    }

    private static CompletableFuture<HttpResponse> ask(HttpClient client) {
        return client.send(HttpRequest.get(TARGET).withHeaders(HttpHeaders.of("Accept", "x")), Duration.ofSeconds(30))
                .toCompletableFuture();
    }

    private List<String> sent(String field) {
        return requests.stream()
                .filter(request -> request.uri().equals(TARGET))
                .map(request -> request.headers().first(field).orElse("none"))
                .toList();
    }

    @Test
    void sendsWhatAFileHoldsNow() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "one\n");
        HttpClient client =
                client(HttpClientConfig.DEFAULT.with(new Authorization("Token", Optional.empty(), Optional.of(file))));
        ask(client);
        Files.writeString(file, "two\n");
        scheduler.advance(Duration.ofSeconds(1));
        ask(client);

        assertThat(sent("Authorization")).containsExactly("Token one", "Token two");
        assertThat(sent("Accept")).containsExactly("x", "x");
    }

    @Test
    void asksOnceMoreWithCredentialsThatAreNewer() throws Exception {
        Path user = Files.writeString(folder.resolve("user"), "me");
        Path password = Files.writeString(folder.resolve("password"), "old");
        HttpClient client = client(HttpClientConfig.DEFAULT.with(
                new BasicAuth(Optional.empty(), Optional.of(user), Optional.empty(), Optional.of(password))));
        server = request -> answer(401, "who is there?");
        assertThat(ask(client).join().status()).isEqualTo(401);
        assertThat(requests).as("the same would be refused again").hasSize(1);

        Files.writeString(password, "new");
        assertThat(ask(client).join().status()).isEqualTo(401);
        assertThat(sent("Authorization")).containsExactly("Basic bWU6b2xk", "Basic bWU6b2xk", "Basic bWU6bmV3");
    }

    @Test
    void sendsFurtherFields() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "3\n");
        HeaderConfig values = new HeaderConfig(List.of("1"), List.of(new Secret("2")), List.of(file));
        HttpClient client = client(new HttpClientConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ProxyConfig.NONE,
                true,
                new Ignored(),
                Map.of("X-Key", values)));
        ask(client);

        assertThat(requests.get(0).headers().all("X-Key")).containsExactly("1", "2", "3");
    }

    @Test
    void asksForATokenAndForAnotherWhenItIsRefused() {
        HttpClient client = client(withTokens());
        int[] tokens = new int[1];
        server = request -> request.uri().equals(TARGET)
                ? answer(request.headers().first("Authorization").orElse("").equals("Bearer t2") ? 200 : 401, "")
                : answer(200, "{\"access_token\": \"t" + ++tokens[0] + "\"}");

        assertThat(ask(client).join().status()).isEqualTo(200);
        assertThat(sent("Authorization")).containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void doesNotWaitForATokenLongerThanForTheAnswer() {
        HttpClient client = client(withTokens());
        server = request -> new CompletableFuture<>();
        CompletableFuture<HttpResponse> answer = ask(client);
        assertThat(answer).isNotDone();

        scheduler.advance(Duration.ofSeconds(30));

        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NotSentException.class)
                .withMessage("no credentials came in time");
    }

    private static HttpClientConfig withTokens() {
        OAuth2 tokens = new OAuth2(
                "me",
                Optional.of(new Secret("pw")),
                Optional.empty(),
                List.of(),
                "https://login/token",
                Map.of(),
                Optional.empty(),
                ProxyConfig.NONE);
        return new HttpClientConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.of(tokens),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ProxyConfig.NONE,
                true,
                new Ignored(),
                Map.of());
    }
}
