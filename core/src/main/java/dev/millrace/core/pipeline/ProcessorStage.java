package dev.millrace.core.pipeline;

import dev.millrace.core.calls.RunningCall;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A processor and what comes after it. A batch on which the processor fails is refused whole. Where it keeps a state, one
 * batch goes on after the other.
 */
final class ProcessorStage implements Stage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WatchedComponent component;
    private final Processor processor;
    private final ProcessorCount count;
    private final LateState state;
    private final @Nullable Turn turn;
    private final Stage next;

    /**
     * A stage.
     *
     * @param turn the turn in which the processor is called, where it keeps a state; else null
     */
    ProcessorStage(
            WatchedComponent component,
            Processor processor,
            ProcessorCount count,
            LateState state,
            @Nullable Turn turn,
            Stage next) {
        this.component = component;
        this.processor = processor;
        this.count = count;
        this.state = state;
        this.turn = turn;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
        if (batch.size() > 0 && component.hangs()) {
            refuse(passage, state.take());
        } else if (turn == null) {
            pass(batch, passage);
        } else if (turn.take()) {
            try {
                pass(batch, passage);
            } finally {
                turn.end();
            }
        } else {
            refuse(passage, List.of());
        }
    }

    private void pass(EventBatch batch, Passage passage) {
        if (batch.size() == 0) {
            next.accept(batch, passage);
            return;
        }
        EventBatch processed = null;
        RunningCall call = component.begin("process", () -> hung(passage));
        try {
            processed = processor.process(batch);
            if (processed == null) {
                throw new IllegalStateException("process returned null (expected: a batch)");
            }
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            component.complain("process", e);
        }
        if (!call.end()) {
            return; // the batch was refused, and what the processor made of it counts for nothing
        }
        if (processed == null) {
            refuse(passage, state.take());
            return;
        }
        passage.changes(state.take());
        if (processed.size() < batch.size()) {
            passage.lost(count, batch.size() - processed.size());
        }
        if (processed.size() == 0 && passage.changes().isEmpty()) {
            passage.committed();
        } else {
            next.accept(processed, passage);
        }
    }

    private void hung(Passage passage) {
        if (turn != null) {
            turn.breakUp();
        }
        refuse(passage, List.of());
    }

    private void refuse(Passage passage, List<StateChange> changes) {
        passage.changes(changes);
        passage.refused(new Refusal(Refusal.Reason.PROCESSOR_FAILED, component.name() + " failed", RETRY_AFTER));
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}
