package dev.millrace.core.pipeline;

import dev.millrace.core.calls.RunningCall;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An aggregator and what comes after it.
 *
 * <p>The acknowledgements of all batches that were added since the last result wait for it, and so do the changes of
 * state; all parts of a result go to the journal as one.
 */
final class AggregatorStage implements Stage {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final long OUTCOME_SECONDS = 2;

    private final WatchedComponent component;
    private final Aggregator aggregator;
    private final PipelineCounters counters;
    private final LateState state;
    private final Turn turn;
    private volatile Stage next;
    private List<Acknowledgement> waiting = new ArrayList<>();
    private List<StateChange> changes = new ArrayList<>();
    private final Map<String, StateChange> own = new LinkedHashMap<>();
    /* Done when it is known what became of the last result. */
    private volatile CompletableFuture<Boolean> outcome = CompletableFuture.completedFuture(true);

    /**
     * A stage.
     *
     * @param turn the turn in which the aggregator is called
     */
    AggregatorStage(
            WatchedComponent component,
            Aggregator aggregator,
            PipelineCounters counters,
            LateState state,
            Turn turn,
            Stage next) {
        this.component = component;
        this.aggregator = aggregator;
        this.counters = counters;
        this.state = state;
        this.turn = turn;
        this.next = next;
    }

    @Override
    public void accept(EventBatch batch, Passage passage) {
        if (component.hangs() || !turn.take()) {
            passage.refused(failed());
            return;
        }
        try {
            passage.gathered();
            waiting.add(passage);
            changes.addAll(passage.changes());
            if (batch.size() > 0) {
                pass("add", () -> aggregator.add(batch), false);
            }
        } finally {
            turn.end();
        }
    }

    /** Leads to another stage from now on. */
    void leadTo(Stage other) {
        next = other;
    }

    /** Passes on all that was gathered, unless that stands on a state of which it is not known yet whether it is kept. */
    void flush() {
        if (!turn.take()) {
            return;
        }
        try {
            if (outcome.isDone() || !standsOnState()) {
                pass("flush", aggregator::flush, true);
            }
        } finally {
            turn.end();
        }
    }

    /** Passes on all that was gathered, once it is known what became of the last result. */
    void flushAll() throws InterruptedException {
        try {
            outcome.get(OUTCOME_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            component.complain("flush", e); // what was gathered is refused in the end
        }
        flush();
    }

    private boolean standsOnState() {
        return aggregator instanceof GatheringAggregator;
    }

    /** Refuses what is still there of all that was gathered, also where nobody has the turn any more. */
    void giveUp() {
        if (turn.isBroken()) {
            new Result().refused(failed());
        } else if (turn.take()) {
            try {
                new Result().refused(new Refusal(Refusal.Reason.STOPPING, component.name() + " stops", RETRY_AFTER));
            } finally {
                turn.end();
            }
        }
    }

    @Override
    public Optional<Refusal> refusal() {
        return next.refusal();
    }

    private interface Call {
        List<EventBatch> run() throws Exception;
    }

    private void pass(String what, Call call, boolean last) {
        List<EventBatch> batches = null;
        RunningCall running = component.begin(what, this::hung);
        try {
            List<EventBatch> given = call.run();
            if (given == null) {
                throw new IllegalStateException(what + " returned null (expected: a list)");
            }
            batches = List.copyOf(given);
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            component.complain(what, e);
        }
        if (!running.end()) {
            return; // all that was gathered was refused
        }
        if (batches == null) {
            noteChange();
            new Result().refused(failed());
            return;
        }
        noteChange();
        batches = batches.stream().filter(batch -> batch.size() > 0).toList();
        if (batches.isEmpty() && !last) {
            return;
        }
        Result result = new Result();
        if (batches.isEmpty() && result.changes.isEmpty()) {
            result.committed();
            return;
        }
        outcome = result.known;
        int items = batches.stream().mapToInt(EventBatch::size).sum();
        Passage passage = counters.gathered(items, result);
        passage.changes(result.changes);
        next.accept(batches, passage);
    }

    private void hung() {
        turn.breakUp();
        giveUp();
    }

    private Refusal failed() {
        return new Refusal(Refusal.Reason.PROCESSOR_FAILED, component.name() + " failed", RETRY_AFTER);
    }

    /* A newer change of the aggregator's own takes the place of one that still waits. */
    private void noteChange() {
        for (StateChange newer : state.take()) {
            StateChange older = own.put(newer.component(), newer);
            if (older != null) {
                older.committed();
            }
        }
    }

    /** What waits for a result, and is told what became of it. */
    private final class Result implements Acknowledgement {
        private final CompletableFuture<Boolean> known = new CompletableFuture<>();
        private final List<Acknowledgement> told = waiting;
        private final List<StateChange> changes = AggregatorStage.this.changes;

        Result() {
            told.addAll(own.values());
            changes.addAll(own.values());
            own.clear();
            waiting = new ArrayList<>();
            AggregatorStage.this.changes = new ArrayList<>();
        }

        @Override
        public void committed() {
            told.forEach(Acknowledgement::committed);
            known.complete(true);
        }

        @Override
        public void refused(Refusal refusal) {
            told.forEach(acknowledgement -> acknowledgement.refused(refusal));
            known.complete(false);
        }

        @Override
        public boolean waiting() {
            return told.stream().anyMatch(Acknowledgement::waiting);
        }
    }
}
