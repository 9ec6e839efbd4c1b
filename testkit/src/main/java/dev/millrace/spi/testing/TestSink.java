package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sink that commits what it is given, keeps it waiting, or refuses it, as a test says. Thread-safe. */
public final class TestSink implements BatchSink {
    private final Object lock = new Object();
    private final List<EventBatch> batches = new ArrayList<>();
    private final List<Acknowledgement> waiting = new ArrayList<>();
    private boolean holding;
    private @Nullable Refusal refusal;

    /** A sink that commits at once. */
    public TestSink() {}

    /** Keeps batches from now on, and says nothing: the disk is slow. */
    public TestSink hold() {
        synchronized (lock) {
            holding = true;
            refusal = null;
        }
        return this;
    }

    /** Refuses batches from now on. */
    public TestSink refuse(Refusal.Reason reason) {
        synchronized (lock) {
            holding = false;
            refusal = new Refusal(reason, "refused by a test", Duration.ofSeconds(1));
        }
        return this;
    }

    /** Commits from now on, what waits included. */
    public TestSink commit() {
        List<Acknowledgement> committed;
        synchronized (lock) {
            holding = false;
            refusal = null;
            committed = List.copyOf(waiting);
            waiting.clear();
        }
        committed.forEach(Acknowledgement::committed);
        return this;
    }

    /** All batches that were handed over, refused ones included. */
    public List<EventBatch> batches() {
        synchronized (lock) {
            return List.copyOf(batches);
        }
    }

    /** How many batches wait for an answer. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        Objects.requireNonNull(batch, "batch: null (expected: a batch)");
        Objects.requireNonNull(acknowledgement, "acknowledgement: null (expected: one for each batch)");
        Refusal refused;
        synchronized (lock) {
            batches.add(batch);
            refused = refusal;
            if (holding) {
                waiting.add(acknowledgement);
                return;
            }
        }
        if (refused == null) {
            acknowledgement.committed();
        } else {
            acknowledgement.refused(refused);
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        synchronized (lock) {
            return Optional.ofNullable(refusal);
        }
    }
}
