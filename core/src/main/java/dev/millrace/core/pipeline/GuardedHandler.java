package dev.millrace.core.pipeline;

import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A component's handler of requests: what goes wrong in it is told and counted, and given on in words. */
record GuardedHandler(WatchedComponent component, HttpHandler handler) implements HttpHandler {
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
            tell(told, null, e);
        }
        return told;
    }

    /* A stage may tell it twice, or throw when it has told it. */
    private void tell(
            CompletableFuture<HttpResponse> told, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (told.isDone()) {
            return;
        }
        if (failure != null) {
            told.completeExceptionally(component.failed("handle", failure));
        } else if (response == null || response.headers() == null || response.body() == null) {
            Throwable nothing = new IllegalStateException("handle gave " + response + " (expected: without null)");
            told.completeExceptionally(component.failed("handle", nothing));
        } else {
            told.complete(response);
        }
    }
}
