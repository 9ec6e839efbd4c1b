package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The end of a trial's way: the journal, which is waited for, and what it kept is remembered. Used by one thread at a time. */
final class TrialEnd implements LastStage {
    private final LastStage journal;
    private final List<EventBatch> kept = new ArrayList<>();

    TrialEnd(LastStage journal) {
        this.journal = journal;
    }

    /** All batches that were kept. */
    List<EventBatch> kept() {
        return List.copyOf(kept);
    }

    @Override
    public void accept(List<EventBatch> batches, List<StateChange> changes, Acknowledgement acknowledgement) {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        journal.accept(batches, changes, new Acknowledgement() {
            @Override
            public void committed() {
                acknowledgement.committed();
                known.complete(true);
            }

            @Override
            public void refused(Refusal refusal) {
                acknowledgement.refused(refusal);
                known.complete(false);
            }
        });
        if (known.join()) {
            kept.addAll(batches);
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return journal.refusal();
    }
}
