package dev.millrace.plugin.service.http;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for all batches of a request, and is told once of each. Thread-safe. */
final class PushAcknowledgement implements Acknowledgement {
    private final AtomicInteger outstanding;
    private final AtomicReference<@Nullable Refusal> first = new AtomicReference<>();
    private final CompletableFuture<Optional<Refusal>> result = new CompletableFuture<>();

    /** An acknowledgement of {@code batches} batches; of none it is done at once. */
    PushAcknowledgement(int batches) {
        outstanding = new AtomicInteger(batches);
        if (batches == 0) {
            result.complete(Optional.empty());
        }
    }

    /** Completes when all batches are committed or refused: with the first refusal, or empty where there was none. */
    CompletionStage<Optional<Refusal>> result() {
        return result;
    }

    @Override
    public void committed() {
        arrived();
    }

    @Override
    public void refused(Refusal refusal) {
        first.compareAndSet(null, refusal);
        arrived();
    }

    private void arrived() {
        if (outstanding.decrementAndGet() == 0) {
            result.complete(Optional.ofNullable(first.get()));
        }
    }
}
