package dev.millrace.plugin.lib.push;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands all batches of a request to the pipeline, and waits until it knows what became of each. Thread-safe. */
public final class PushAcknowledgement {
    private final Object lock = new Object();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final List<EventBatch> kept = new ArrayList<>();
    private Optional<Refusal> first = Optional.empty();
    private int outstanding;

    /**
     * What became of a request.
     *
     * @param kept the batches that are committed
     * @param refusal why the first of the others was refused; empty where there are no others
     */
    public record Result(List<EventBatch> kept, Optional<Refusal> refusal) {
        public Result {
            kept = List.copyOf(kept);
        }
    }

    private PushAcknowledgement(int batches) {
        outstanding = batches;
    }

    /** Hands over the batches; completes when all are committed or refused, of none at once. */
    public static CompletionStage<Result> hand(List<EventBatch> batches, BatchSink sink) {
        PushAcknowledgement acknowledgement = new PushAcknowledgement(batches.size());
        if (batches.isEmpty()) {
            acknowledgement.result.complete(new Result(List.of(), Optional.empty()));
        }
        for (EventBatch batch : batches) {
            sink.accept(batch, acknowledgement.new OfBatch(batch));
        }
        return acknowledgement.result;
    }

    private final class OfBatch implements Acknowledgement {
        private final EventBatch batch;

        OfBatch(EventBatch batch) {
            this.batch = batch;
        }

        @Override
        public void committed() {
            arrived(Optional.empty());
        }

        @Override
        public void refused(Refusal refusal) {
            arrived(Optional.of(refusal));
        }

        private void arrived(Optional<Refusal> refusal) {
            Result all;
            synchronized (lock) {
                if (refusal.isEmpty()) {
                    kept.add(batch);
                } else if (first.isEmpty()) {
                    first = refusal;
                }
                outstanding--;
                if (outstanding > 0) {
                    return;
                }
                all = new Result(kept, first);
            }
            result.complete(all);
        }
    }
}
