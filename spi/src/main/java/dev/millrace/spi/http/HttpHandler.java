package dev.millrace.spi.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. Called on a worker, in parallel. */
@FunctionalInterface
public interface HttpHandler {
    /** The answer, which may come later; where the stage fails, the client gets 500. */
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
