package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.State;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How changes of state travel with batches. */
final class ComponentStatesTest {
    private static final ComponentId INPUT = ComponentId.parse("input_x");
    private static final ComponentId FILTER = ComponentId.parse("filter");
    private static final ComponentId PAIRS = ComponentId.parse("pairs");

    private final RecordedSink sink = new RecordedSink();
    private final PipelineCounters counters = new PipelineCounters("web", new MetricRegistry());
    private final RecordedAnswer answer = new RecordedAnswer();
    private Journal journal;
    private ComponentStates states;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(
                Path.of("/journal"),
                FileAccess.memory(1 << 20),
                JournalSettings.DEFAULT.withDurability(Durability.MEMORY),
                new TailBuffer(1),
                JournalEvents.NONE);
        states = new ComponentStates("web", journal);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private LateState late(ComponentId component) {
        LateState state = new LateState("web/" + component);
        state.comeFrom(states.of(component));
        return state;
    }

    private void hand(Stage first, LateState state, EventBatch batch) {
        new InputSink(first, counters, counters.input(INPUT), state, Runnable::run).accept(batch, answer);
    }

    @Test
    void anInputsChangeGoesWithItsNextBatch() {
        LateState state = late(INPUT);
        state.set(new byte[] {1});
        assertThat(state.get()).contains(new byte[] {1});
        hand(sink, state, RecordedSink.batch(2));
        hand(sink, state, RecordedSink.batch(3));
        assertThat(sink.changes).hasSize(1);
        assertThat(sink.acknowledgements).hasSize(2);
        sink.acknowledgements.get(0).refused(RecordedSink.FULL);
        assertThat(state.get()).isEmpty();
    }

    @Test
    void aBatchWithoutRowsHandsOnTheChangeAlonePastProcessors() {
        LateState state = late(INPUT);
        Processor fails = batch -> {
            throw new AssertionError("asked");
        };
        Stage stage = new ProcessorStage(
                new TestComponent("web/filter"), fails, counters.processor(FILTER), late(FILTER), null, sink);
        state.set(new byte[] {1});
        hand(stage, state, RecordedSink.batch(0));
        assertThat(sink.batches).isEmpty();
        assertThat(sink.changes)
                .singleElement()
                .satisfies(change -> assertThat(change.state()).containsExactly(1));
        hand(stage, state, RecordedSink.batch(0));
        assertThat(answer.told).containsExactly("committed");
    }

    @Test
    void aProcessorsChangeGoesWithWhatItReturnsAndStaysWhereItTakesAllOut() {
        LateState state = late(FILTER);
        AtomicInteger calls = new AtomicInteger();
        Processor counter = batch -> {
            state.set(new byte[] {(byte) calls.incrementAndGet()});
            return RecordedSink.batch(0);
        };
        Stage stage = new ProcessorStage(
                new TestComponent("web/filter"), counter, counters.processor(FILTER), state, new Turn(), sink);
        hand(stage, late(INPUT), RecordedSink.batch(2));
        assertThat(sink.changes).hasSize(1);
        assertThat(answer.told).isEmpty();
        sink.acknowledgements.get(0).committed();
        assertThat(answer.told).containsExactly("committed");
        assertThat(counters.processor(FILTER).dropped()).isEqualTo(2);
    }

    @Test
    void whatAProcessorSetBeforeItFailedIsForgotten() {
        LateState state = late(FILTER);
        Processor fails = batch -> {
            state.set(new byte[] {9});
            throw new IllegalStateException("no");
        };
        Stage stage = new ProcessorStage(
                new TestComponent("web/filter"), fails, counters.processor(FILTER), state, new Turn(), sink);
        hand(stage, late(INPUT), RecordedSink.batch(2));
        assertThat(answer.told).containsExactly("PROCESSOR_FAILED");
        assertThat(state.get()).isEmpty();
    }

    /** Passes one batch on for two; its state is how many it has seen. */
    private record Pairs(State state) implements Aggregator {
        @Override
        public List<EventBatch> add(EventBatch batch) {
            byte seen = state.get().map(bytes -> bytes[0]).orElse((byte) 0);
            state.set(new byte[] {(byte) (seen + 1)});
            return seen % 2 == 1 ? List.of(RecordedSink.batch(1), RecordedSink.batch(1)) : List.of();
        }

        @Override
        public List<EventBatch> flush() {
            return List.of();
        }
    }

    @Test
    void theChangesOfAnAggregatorAndItsInputsWaitForTheResult() {
        LateState state = late(PAIRS);
        LateState input = late(INPUT);
        Stage stage = new AggregatorStage(
                new TestComponent("web/pairs"), new Pairs(state), counters, state, new Turn(), sink);
        for (int i = 1; i <= 2; i++) {
            input.set(new byte[] {(byte) i});
            hand(stage, input, RecordedSink.batch(3));
        }
        assertThat(sink.batches).hasSize(2);
        assertThat(sink.acknowledgements).hasSize(1);
        assertThat(sink.changes)
                .extracting(change -> change.component() + change.state()[0])
                .containsExactly("input_x1", "input_x2", "pairs2");
        sink.acknowledgements.get(0).refused(RecordedSink.FULL);
        assertThat(answer.told).containsExactly("FLUSHER_FULL", "FLUSHER_FULL");
        assertThat(state.get()).isEmpty();
        assertThat(input.get()).isEmpty();
    }

    @Test
    void aChangeAloneWaitsForTheFlushOfAnAggregator() {
        LateState state = late(PAIRS);
        LateState input = late(INPUT);
        AggregatorStage stage = new AggregatorStage(
                new TestComponent("web/pairs"), new Pairs(state), counters, state, new Turn(), sink);
        input.set(new byte[] {1});
        hand(stage, input, RecordedSink.batch(0));
        assertThat(sink.acknowledgements).isEmpty();
        stage.flush();
        assertThat(sink.changes).hasSize(1);
        sink.acknowledgements.get(0).committed();
        assertThat(answer.told).containsExactly("committed");
    }

    @Test
    void isReadFromTheJournalAndForgottenWithItsComponent() {
        LateState input = late(INPUT);
        LateState filter = late(FILTER);
        JournalSink last = new JournalSink(journal);
        input.set(new byte[] {4});
        hand(last, input, RecordedSink.batch(2));
        filter.set(new byte[] {5});
        RecordedAnswer kept = new RecordedAnswer();
        last.accept(List.of(), filter.take(), kept);
        awaitComponents(Set.of("input_x", "filter"));
        states.retain(Set.of(INPUT));
        awaitComponents(Set.of("input_x"));
        assertThat(input.get()).contains(new byte[] {4});
        input.get().orElseThrow()[0] = 7;
        assertThat(input.get()).contains(new byte[] {4});
    }

    private void awaitComponents(Set<String> expected) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!journal.componentsWithState().equals(expected)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void partsChangeEachOnTheirOwnAndTogetherWithTheOutput() {
        LateState state = late(INPUT);
        JournalSink last = new JournalSink(journal);
        state.part("a").set(new byte[] {1});
        state.part("b").set(new byte[] {2});
        hand(last, state, RecordedSink.batch(1));
        state.part("a").set(new byte[] {3});
        assertThat(late(INPUT).part("a").get()).contains(new byte[] {1});
        hand(last, state, RecordedSink.batch(1));
        awaitEnd(2);

        LateState successor = late(INPUT);
        assertThat(successor.parts()).containsExactly("a", "b");
        assertThat(successor.part("a").get()).contains(new byte[] {3});
        assertThat(successor.part("b").get()).contains(new byte[] {2});
        assertThat(successor.get()).isEmpty();
        successor.part("b").set(new byte[0]);
        assertThat(successor.parts()).containsExactly("a");
        hand(last, successor, RecordedSink.batch(1));
        awaitComponents(Set.of("input_x\na"));
        states.retain(Set.of());
        awaitComponents(Set.of());
    }

    @Test
    void aRefusedChangeOfAPartIsNone() {
        LateState state = late(INPUT);
        state.part("a").set(new byte[] {1});
        List<StateChange> changes = state.take();
        assertThat(late(INPUT).part("a").get()).contains(new byte[] {1});
        changes.forEach(change -> change.refused(new dev.millrace.spi.pipeline.Refusal(
                dev.millrace.spi.pipeline.Refusal.Reason.BUSY, "busy", java.time.Duration.ZERO)));
        assertThat(late(INPUT).part("a").get()).isEmpty();
        assertThat(late(INPUT).parts()).isEmpty();
    }

    /* What a stopped component sets is not taken along by the output of its successor. */
    @Test
    void whatOneGenerationHasSetGoesWithNoOutputOfTheNext() {
        LateState old = late(INPUT);
        LateState successor = late(INPUT);
        successor.set(new byte[] {2});
        old.set(new byte[] {1});
        assertThat(successor.get()).contains(new byte[] {2});
        hand(sink, successor, RecordedSink.batch(3));
        hand(sink, successor, RecordedSink.batch(3));
        assertThat(sink.changes)
                .singleElement()
                .satisfies(change -> assertThat(change.state()).containsExactly(2));
        assertThat(late(INPUT).get()).contains(new byte[] {2});
    }

    @Test
    void aGenerationThatIsOvertakenDoesNotWriteOverTheStateOfTheNext() {
        LateState old = late(INPUT);
        old.set(new byte[] {1});
        List<StateChange> overtaken = old.take();
        LateState successor = late(INPUT);
        assertThat(successor.get()).contains(new byte[] {1});
        successor.set(new byte[] {2});
        JournalSink last = new JournalSink(journal);
        hand(last, successor, RecordedSink.batch(2));
        last.accept(List.of(RecordedSink.batch(1)), overtaken, new RecordedAnswer());
        awaitEnd(3);
        assertThat(journal.state("input_x")).contains(new byte[] {2});
    }

    private void awaitEnd(long end) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (journal.end() < end) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void saysWhatIsExpectedWhereItIsUsedWrongly() {
        LateState unborn = new LateState("web/flusher_x");
        assertThatThrownBy(unborn::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "state of web/flusher_x (expected: that of an input, processor or aggregator that is not just"
                                + " being created)");
        LateState state = late(INPUT);
        assertThatThrownBy(() -> state.set(new byte[State.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state of web/input_x: 1048577 bytes (expected: <= 1048576)");
    }
}
