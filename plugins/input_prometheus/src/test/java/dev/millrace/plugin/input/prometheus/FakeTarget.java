package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Targets that answer every request as a test says. */
final class FakeTarget implements HttpClient {
    final List<HttpRequest> requests = new ArrayList<>();
    private Supplier<CompletionStage<HttpResponse>> answer = () -> new CompletableFuture<>();

    void page(String... lines) {
        answer(200, "text/plain; version=0.0.4", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, String contentType, byte[] body, String... headers) {
        HttpHeaders all = HttpHeaders.of(headers);
        HttpHeaders typed = contentType.isEmpty() ? all : all.with("Content-Type", contentType);
        answer = () -> CompletableFuture.completedFuture(new HttpResponse(status, typed, HttpBody.of(body)));
    }

    void failure(Throwable failure) {
        answer = () -> CompletableFuture.failedFuture(failure);
    }

    /** Answers nothing until the returned future completes. */
    CompletableFuture<HttpResponse> hang() {
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        answer = () -> response;
        return response;
    }

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        requests.add(request);
        return answer.get();
    }
}
