package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch of an input on its way, or what was gathered of several: how many rows it had, and how many of them processors
 * took out.
 *
 * <p>What became of all its rows is counted at one moment, when the answer is known. Used by one thread at a time until
 * then.
 */
final class Passage implements Acknowledgement {
    private final PipelineCounters counters;
    private final @Nullable InputCounts input;
    private final int items;
    private final Acknowledgement answer;
    private final List<Loss> losses = new ArrayList<>(0);
    private List<StateChange> changes = List.of();
    private int lost;
    private boolean gathered;

    /** Rows that a processor took out. */
    record Loss(ProcessorCount processor, int items) {}

    Passage(PipelineCounters counters, @Nullable InputCounts input, int items, Acknowledgement answer) {
        this.counters = counters;
        this.input = input;
        this.items = items;
        this.answer = answer;
    }

    /** A processor took out rows. */
    void lost(ProcessorCount processor, int rows) {
        losses.add(new Loss(processor, rows));
        lost += rows;
    }

    /** States that changed with the batch. */
    void changes(List<StateChange> changed) {
        if (!changed.isEmpty()) {
            changes = changes.isEmpty() ? new ArrayList<>(changed.size()) : changes;
            changes.addAll(changed);
        }
    }

    /** The states that changed with the batch, in the order of the components on its way. */
    List<StateChange> changes() {
        return changes;
    }

    /** An aggregator has the rows: what it makes of them is counted when the journal has that. */
    void gathered() {
        gathered = true;
    }

    /** The input that handed it over; null for what was gathered. */
    @Nullable
    InputCounts input() {
        return input;
    }

    /** The rows that it began with. */
    int items() {
        return items;
    }

    /** The rows that the journal was given of this batch itself. */
    int appended() {
        return gathered ? 0 : items - lost;
    }

    List<Loss> losses() {
        return losses;
    }

    @Override
    public void committed() {
        counters.committed(this);
        changes.forEach(StateChange::committed);
        answer.committed();
    }

    @Override
    public void refused(Refusal refusal) {
        counters.refused(this, refusal.reason());
        changes.forEach(change -> change.refused(refusal));
        answer.refused(refusal);
    }

    @Override
    public boolean waiting() {
        return answer.waiting();
    }
}
