package dev.millrace.core.pipeline;

import dev.millrace.core.calls.PluginCalls;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A component's handler of requests: what goes wrong in it is counted, and given on in words. */
record GuardedHandler(String component, HttpHandler handler, PluginCalls calls) implements HttpHandler {
    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        CompletableFuture<HttpResponse> told = new CompletableFuture<>();
        try {
            CompletionStage<HttpResponse> answer = handler.handle(request);
            if (answer == null) {
                throw new IllegalStateException("handle returned null (expected: a stage)");
            }
            answer.whenComplete((response, failure) -> tell(told, response, failure));
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            told.completeExceptionally(calls.failed(component, "handle", e));
        }
        return told;
    }

    private void tell(
            CompletableFuture<HttpResponse> told, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (failure != null) {
            told.completeExceptionally(calls.failed(component, "handle", failure));
        } else if (response == null || response.headers() == null || response.body() == null) {
            Throwable nothing = new IllegalStateException("handle gave " + response + " (expected: without null)");
            told.completeExceptionally(calls.failed(component, "handle", nothing));
        } else {
            told.complete(response);
        }
    }
}
