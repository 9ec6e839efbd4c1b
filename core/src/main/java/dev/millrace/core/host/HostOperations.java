package dev.millrace.core.host;

import dev.millrace.core.admin.Operations;
import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.status.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the admin endpoint asks, answered by the pipelines.
 *
 * @param pipelines the pipelines
 * @param board the status
 * @param shown what components show
 * @param reloads reloads, on the thread for it
 * @param plan gives what a reload would do, on the thread that reloads
 * @param configuration gives the configuration that runs, on the same thread
 * @param differences gives in what the files, or those of a list, differ from it, on the same thread
 * @param control the thread that reloads
 */
record HostOperations(
        Pipelines pipelines,
        StatusBoard board,
        ShownDocuments shown,
        Reloads reloads,
        Supplier<Report> plan,
        Supplier<Report> configuration,
        Function<Optional<String>, Report> differences,
        Executor control)
        implements Operations {
    @Override
    public boolean ready() {
        return pipelines.ready();
    }

    @Override
    public Optional<Boolean> ready(String pipeline) {
        return pipelines.ready(pipeline);
    }

    @Override
    public Status status() {
        return board.status();
    }

    @Override
    public List<ComponentHealth> health() {
        return board.health();
    }

    @Override
    public Optional<Map<String, Object>> shown(String name, Optional<String> pipeline) {
        return shown.of(name, pipeline);
    }

    @Override
    public CompletionStage<Report> reload() {
        return CompletableFuture.supplyAsync(() -> reloads.begin("/-/reload"), control)
                .thenCompose(report -> report);
    }

    @Override
    public CompletionStage<Report> planned() {
        return CompletableFuture.supplyAsync(plan, control);
    }

    @Override
    public CompletionStage<Report> effective() {
        return CompletableFuture.supplyAsync(configuration, control);
    }

    @Override
    public CompletionStage<Report> changed(Optional<String> list) {
        return CompletableFuture.supplyAsync(() -> differences.apply(list), control);
    }

    /* On a thread of its own: it waits for the destination. */
    @Override
    public CompletionStage<Report> replay(
            Optional<String> pipeline, Optional<String> flusher, Optional<String> letter) {
        CompletableFuture<Report> report = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        report.complete(pipelines
                                .replay()
                                .run(
                                        name -> pipeline.map(name::equals).orElse(true),
                                        id -> flusher.map(id::equals).orElse(true),
                                        letter));
                    } catch (IOException | RuntimeException e) {
                        report.complete(new Report(false, "not all was sent again: " + e + "\n"));
                    } catch (InterruptedException e) {
                        report.complete(new Report(false, "interrupted\n"));
                    }
                },
                "replay");
        thread.setDaemon(true);
        thread.start();
        return report;
    }
}
