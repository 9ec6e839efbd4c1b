package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A processor and what comes after it. A batch on which the processor fails is refused whole. Where it keeps a state, one
 * batch goes on after the other.
 */
final class ProcessorStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final Processor processor;
    private final ProcessorCount count;
    private final LateState state;
    private final @Nullable Object turn;
    private final Stage next;

    /**
     * A stage.
     *
     * @param turn the lock to call the processor under, where it keeps a state; else null
     */
    ProcessorStage(
            String name,
            Processor processor,
            ProcessorCount count,
            LateState state,
            @Nullable Object turn,
            Stage next) {
        this.name = name;
        this.processor = processor;
        this.count = count;
        this.state = state;
        this.turn = turn;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
        if (turn == null) {
            pass(batch, passage);
            return;
        }
        synchronized (turn) {
            pass(batch, passage);
        }
    }

    private void pass(EventBatch batch, Passage passage) {
        if (batch.size() == 0) {
            next.accept(batch, passage);
            return;
        }
        EventBatch processed;
        try {
            processed = processor.process(batch);
            if (processed == null) {
                throw new IllegalStateException("process returned null (expected: a batch)");
            }
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            String message = ComponentException.of(name, "process", e).getMessage();
            LOG.error("{}", message);
            passage.changes(state.take());
            passage.refused(new Refusal(Refusal.Reason.PROCESSOR_FAILED, name + " failed", RETRY_AFTER));
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

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }
}
