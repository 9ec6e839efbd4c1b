package dev.millrace.distribution.guard;

import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Batches are appended to a journal on the disk, and committed without a force. */
final class Appending implements Step {
    private final List<EventBatch> batches;
    private final Journal journal;

    Appending(Path folder, List<MetricBatch> batches) throws IOException {
        this.batches = List.copyOf(batches);
        // Nothing is kept in memory, so that a reader reads the disk.
        journal = Journal.open(
                folder,
                FileAccess.real(),
                JournalSettings.DEFAULT.withDurability(Durability.WRITE),
                new TailBuffer(1),
                JournalEvents.NONE);
    }

    @Override
    public void run() {
        Committed committed = new Committed();
        journal.append(batches, Map.of(), committed);
        committed.join();
    }

    /** The journal to which it appends. */
    Journal journal() {
        return journal;
    }

    private static final class Committed extends CompletableFuture<Void> implements Acknowledgement {
        @Override
        public void committed() {
            complete(null);
        }

        @Override
        public void refused(Refusal refusal) {
            completeExceptionally(new IllegalStateException(refusal.toString()));
        }
    }
}
