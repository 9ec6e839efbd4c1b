package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The end of a batch's way: the journal. Thread-safe. */
final class JournalSink implements LastStage {
    private final Journal journal;
    private final Object stateLock = new Object();
    private final AtomicLong newest = new AtomicLong();

    JournalSink(Journal journal) {
        this.journal = journal;
    }

    /** The largest timestamp of a sample that was appended, in milliseconds since the epoch; 0 before the first. */
    long newest() {
        return newest.get();
    }

    @Override
    public void accept(List<EventBatch> batches, List<StateChange> changes, Acknowledgement acknowledgement) {
        for (EventBatch batch : batches) {
            if (batch instanceof MetricBatch metrics) {
                note(metrics);
            }
        }
        if (changes.isEmpty()) {
            journal.append(batches, Map.of(), acknowledgement);
        } else {
            append(batches, changes, acknowledgement);
        }
    }

    /* States reach the journal in the order in which they were handed on. */
    private void append(List<EventBatch> batches, List<StateChange> changes, Acknowledgement acknowledgement) {
        Map<String, byte[]> states = new TreeMap<>();
        synchronized (stateLock) {
            for (StateChange change : changes) {
                if (change.append()) {
                    states.put(change.component(), change.state());
                }
            }
            journal.append(batches, states, acknowledgement);
        }
    }

    private void note(MetricBatch metrics) {
        long latest = newest.get();
        for (int row = 0; row < metrics.size(); row++) {
            latest = Math.max(latest, metrics.timestamp(row));
        }
        newest.accumulateAndGet(latest, Math::max);
    }

    @Override
    public Optional<Refusal> refusal() {
        return journal.refusal();
    }
}
