package dev.millrace.plugin.ext.oauth2;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** A token endpoint that keeps what it is asked, and answers when and as a test says; the clock is the test's too. */
final class FakeTokenServer extends BareContext implements HttpClient {
    final VirtualScheduler scheduler = new VirtualScheduler(1_700_000_000_000L);
    final List<HttpRequest> requests = new ArrayList<>();
    final List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();

    FakeTokenServer() {
        super("ext_oauth2");
    }

    /** The text of a request's body. */
    String form(int index) {
        byte[] bytes =
                new byte[requests.get(index).body().inMemory().orElseThrow().remaining()];
        requests.get(index).body().inMemory().orElseThrow().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Answers the last request. */
    void answer(int status, String json) {
        answers.get(answers.size() - 1)
                .complete(new HttpResponse(
                        status, HttpHeaders.EMPTY, HttpBody.of(json.getBytes(StandardCharsets.UTF_8))));
    }

    void answerToken(String token, int lifetime) {
        answer(
                200,
                "{\"access_token\": \"" + token + "\", \"token_type\": \"bearer\", \"expires_in\": " + lifetime + "}");
    }

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        requests.add(request);
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    @Override
    public HttpClient httpClient(HttpClientSettings settings) {
        return this;
    }

    @Override
    public Clock clock() {
        return scheduler.clock();
    }

    @Override
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }
}
