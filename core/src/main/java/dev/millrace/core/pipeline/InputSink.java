package dev.millrace.core.pipeline;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Where one input puts its batches: it counts them and passes them on. */
final class InputSink implements BatchSink {
    private final Stage next;
    private final PipelineCounters counters;
    private final InputCounts input;
    private final LateState state;
    private final Executor answers;

    /**
     * A sink.
     *
     * @param answers where the input is told what became of its batches
     */
    InputSink(Stage next, PipelineCounters counters, InputCounts input, LateState state, Executor answers) {
        this.next = next;
        this.counters = counters;
        this.input = input;
        this.state = state;
        this.answers = answers;
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        int items = batch.size();
        List<StateChange> changes = state.take();
        if (items == 0 && changes.isEmpty()) {
            acknowledgement.committed();
            return;
        }
        Passage passage =
                counters.received(input, items, new LaterAnswer(acknowledgement, acknowledgement.waiting(), answers));
        passage.changes(changes);
        next.accept(batch, passage);
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }

    /* The journal's thread waits for no plugin. */
    private record LaterAnswer(Acknowledgement answer, boolean waiting, Executor workers) implements Acknowledgement {
        @Override
        public void committed() {
            tell(answer::committed);
        }

        @Override
        public void refused(Refusal refusal) {
            tell(() -> answer.refused(refusal));
        }

        private void tell(Runnable news) {
            try {
                workers.execute(news);
            } catch (RejectedExecutionException stopping) {
                news.run();
            }
        }
    }
}
