package dev.millrace.core.host;

import dev.millrace.core.admin.Operations;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What the admin endpoint asks, answered by the pipelines.
 *
 * @param pipelines the pipelines
 * @param control the thread that reloads
 */
record HostOperations(Pipelines pipelines, Executor control) implements Operations {
    @Override
    public boolean ready() {
        return pipelines.ready();
    }

    @Override
    public Optional<Boolean> ready(String pipeline) {
        return pipelines.ready(pipeline);
    }

    @Override
    public CompletionStage<Report> reload() {
        return CompletableFuture.supplyAsync(() -> pipelines.reload("/-/reload"), control)
                .thenCompose(report -> report);
    }
}
