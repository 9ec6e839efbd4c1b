package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorState;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.SimulatedDisk;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/** A flusher of a model run: its delivery in virtual time, its calls that have no answer, and its receiver. */
final class ModelFlusher {
    private static final Duration SEND_DEADLINE = Duration.ofSeconds(20);

    final String name;
    final ModelReceiver receiver;
    private final FakeFlusher flusher = new FakeFlusher((batch, row) -> null);
    private final List<Call> open = new ArrayList<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private SimulatedDisk disk;
    private Journal journal;
    private Cursor cursor;
    private VirtualLoop loop = new VirtualLoop();
    private Dispatcher dispatcher;
    private boolean calm;
    private AssertionError broken;

    ModelFlusher(String name, ModelSamples samples) {
        this.name = name;
        this.receiver = new ModelReceiver(samples);
        flusher.answer(this::leaves);
    }

    /** Begins a life of its delivery. */
    void start(SimulatedDisk newDisk, FileAccess files, Path folder, Journal newJournal, long now, Random random)
            throws IOException {
        disk = newDisk;
        journal = newJournal;
        cursor = journal.cursor(name);
        namesNothingBehind(cursor.state(), journal.end());
        open.clear();
        work.clear();
        flusher.calls.clear();
        loop = new VirtualLoop();
        loop.passTo(now);
        SliceLimits limits = new SliceLimits(
                1 + random.nextInt(random.nextBoolean() ? 5 : 60), 200 + random.nextInt(5000), Duration.ofSeconds(1));
        DeliverySettings settings = new DeliverySettings(
                "web",
                ComponentId.parse("fake"),
                limits,
                DeliveryOptions.DEFAULT,
                SEND_DEADLINE,
                Duration.ofSeconds(5));
        dispatcher = new Dispatcher(
                settings,
                journal,
                cursor,
                new DeadLetterFolder(
                        files, DeadLetterFolder.of(folder, name), 1 << 20, Duration.ofDays(7), random.nextBoolean()),
                flusher,
                work::add,
                loop,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                () -> 0,
                new LaneCount(1, 32, limits.maxItems()),
                new Random(random.nextLong()));
        loop.start(dispatcher);
    }

    private static void namesNothingBehind(CursorState state, long end) {
        for (long position : state.positions()) {
            assertThat(position).as("a position").isBetween(0L, end);
        }
        state.requests()
                .forEach(request -> assertThat(request.to())
                        .as("the end of a recorded request")
                        .isLessThanOrEqualTo(end));
    }

    private void leaves(Call call) {
        if (disk.dead()) {
            return;
        }
        try {
            receiver.leaves(call);
            open.add(call);
            if (calm) {
                deliver(call);
            }
        } catch (AssertionError e) {
            broken = e; // whoever calls a flusher takes what it throws for a failed request
            throw e;
        }
    }

    /** There may be something to read. */
    void committed() {
        loop.execute(() -> {});
    }

    boolean due() {
        return !work.isEmpty() || loop.due();
    }

    void step(Random random) {
        if (!work.isEmpty() && (!loop.due() || random.nextBoolean())) {
            work.remove().run();
        } else {
            loop.run();
        }
    }

    long next() {
        return loop.ended() ? Loop.Turn.NEVER : loop.next();
    }

    void passTo(long time) {
        loop.passTo(time);
    }

    void regroup(int lanes) {
        loop.execute(() -> dispatcher.regroup(lanes));
    }

    void resume() {
        loop.execute(dispatcher::resume);
    }

    void stop() {
        loop.execute(dispatcher::stop);
    }

    boolean ended() {
        return loop.ended();
    }

    void kill() {
        loop.kill();
        work.clear();
        open.clear();
    }

    /** Has everything delivered from now on. */
    void calm() {
        calm = true;
        answerAll();
    }

    void answerAll() {
        List<Call> all = List.copyOf(open);
        open.clear();
        all.forEach(this::deliver);
    }

    private void deliver(Call call) {
        receiver.stores(call.rows);
        finish(call, Outcome.Delivered.ALL);
    }

    /** Answers one of the calls that are open, in any way. */
    void answer(Random random) {
        if (open.isEmpty()) {
            return;
        }
        Call call = open.remove(random.nextInt(open.size()));
        List<Call.Row> rows = call.rows;
        int dice = random.nextInt(100);
        if (dice < 55) {
            deliver(call);
        } else if (dice < 60) {
            receiver.refuses(rows.subList(0, 1));
            receiver.stores(rows.subList(1, rows.size()));
            finish(call, new Outcome.Delivered(Map.of("too_old", 1)));
        } else if (dice < 75) {
            boolean unclear = random.nextBoolean();
            if (unclear && random.nextBoolean()) {
                receiver.stores(rows);
            }
            call.answer.complete(
                    new Outcome.Retry("busy", Optional.of(Duration.ofMillis(random.nextInt(500))), unclear));
        } else if (dice < 80) {
            if (random.nextBoolean()) {
                receiver.stores(rows);
            }
            call.answer.completeExceptionally(new IOException("reset"));
        } else if (dice < 85) {
            call.held("wrong password");
        } else if (dice < 93) {
            split(call);
        } else {
            receiver.refuses(rows);
            finish(call, new Outcome.Rejected(random.nextBoolean() ? "400" : "409", "no"));
        }
    }

    private void split(Call call) {
        if (call.rows.size() == 1) {
            receiver.refuses(call.rows);
            finish(call, new Outcome.Split("too large", new Outcome.Rejected("too_large", "no")));
            return;
        }
        if (!((Attempt) call.slice).closed()) {
            receiver.splits(call);
        }
        call.split();
    }

    private void finish(Call call, Outcome outcome) {
        if (!((Attempt) call.slice).closed()) {
            receiver.answered(call);
        }
        call.answer.complete(outcome);
    }

    Snapshot counts() {
        return dispatcher.status().counts();
    }

    /** The ledger balances. */
    void balances() {
        if (broken != null) {
            throw broken;
        }
        Snapshot counts = counts();
        assertThat(counts.appended())
                .as("what was appended for %s", name)
                .isEqualTo(counts.delivered() + counts.rejected() + dropped(counts) + counts.backlog());
        assertThat(counts.backlog()).as("backlog of %s", name).isNotNegative();
        assertThat(dispatcher.status().failure()).isEmpty();
    }

    /** In the end: what is counted is what happened, with at most so many losses. */
    void isCounted(long losses) {
        Snapshot counts = counts();
        long damaged = counts.dropped().getOrDefault(Ledger.DAMAGED, 0L);
        assertThat(damaged).as("items counted as damaged for %s", name).isLessThanOrEqualTo(losses);
        assertThat(counts.delivered()).as("delivered to %s", name).isLessThanOrEqualTo(receiver.settled());
        assertThat(counts.rejected() + dropped(counts) - damaged)
                .as("rejected by %s", name)
                .isLessThanOrEqualTo(receiver.refused());
    }

    private static long dropped(Snapshot counts) {
        return counts.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
