package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.CursorState;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.SimulatedDisk;
import dev.millrace.core.journal.SteppedTurns;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A flusher of a model run: its delivery in virtual time, its calls that have no answer, and its receiver. */
final class ModelFlusher {
    private static final Duration SEND_DEADLINE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 1_000;
    private static final Set<String> LIMITS = Set.of(
            CursorLimits.OVER_MAX_BYTES,
            CursorLimits.OVER_MAX_AGE,
            CursorLimits.OVER_MIN_FREE_DISK,
            CursorLimits.DISK_FULL);

    final String name;
    final ModelReceiver receiver;
    private final FakeFlusher flusher = new FakeFlusher(this::tenant);
    private final ModelTampering tampering;
    private final BooleanSupplier scarce;
    private final ModelAllowance allowance;
    private final List<Call> open = new ArrayList<>();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private ModelOptions options = ModelOptions.DEFAULT;
    private SimulatedDisk disk;
    private Path folder;
    private Journal journal;
    private Cursor cursor;
    private VirtualLoop loop = new VirtualLoop();
    private Dispatcher dispatcher;
    private boolean calm;
    private AssertionError broken;

    ModelFlusher(String name, ModelSamples samples, ModelTampering tampering, BooleanSupplier scarce) {
        this.name = name;
        this.scarce = scarce;
        this.tampering = tampering;
        this.allowance = new ModelAllowance(samples);
        this.receiver = new ModelReceiver(samples, allowance);
        this.options = ModelOptions.DEFAULT.without(Integer.parseInt(name.substring(1)) % ModelOptions.PARTS);
        flusher.answer(this::leaves);
        receiver.configured(options);
        allowance.wants(options::wants);
    }

    private Object tenant(EventBatch batch, int row) {
        return options.tenants()
                ? ModelSamples.tenant(((MetricBatch) batch).labels(row).get("series"))
                : null;
    }

    private boolean wants(Labels labels) {
        return tampering.wants(options, Integer.parseInt(labels.get("series").substring(1)));
    }

    /** Is set up in another way for its next life. */
    void configure(ModelOptions newOptions) {
        options = newOptions;
        receiver.configured(options);
        allowance.wants(options::wants);
    }

    /** Begins a life of its delivery. */
    void start(SimulatedDisk newDisk, FileAccess files, Path newFolder, Journal newJournal, long now, Random random)
            throws IOException {
        disk = newDisk;
        folder = newFolder;
        journal = newJournal;
        cursor = options.limits().isPresent()
                ? journal.cursor(name, tampering.limits(name, options.limits().get()))
                : journal.cursor(name);
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
                options.delivery(),
                this::wants,
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
                new ModelClock(this::millis),
                () -> 0,
                new LaneCount(1, 32, limits.maxItems()),
                new Random(random.nextLong()));
        if (options.late() == Late.DROP) {
            allowance.late();
        }
        look();
        loop.start(dispatcher);
    }

    private void look() throws IOException {
        if (options.limits().isPresent()) {
            allowance.look(name, options.limits().get(), disk, folder, journal, scarce.getAsBoolean(), millis());
        }
    }

    private long millis() {
        return SteppedTurns.millis(loop.now());
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
            if (tampering.answersAtOnce(options)) {
                call.answer.complete(new Outcome.NotSent("tampered with", Optional.empty()));
            }
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

    void step(Random random) throws IOException {
        look();
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
        receiver.stores(call);
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
            receiver.stores(call, rows.subList(1, rows.size()));
            finish(call, new Outcome.Delivered(Map.of("too_old", 1)));
        } else if (dice < 75) {
            boolean unclear = random.nextBoolean();
            if (unclear && random.nextBoolean()) {
                receiver.stores(call);
            }
            call.answer.complete(
                    new Outcome.Retry("busy", Optional.of(Duration.ofMillis(random.nextInt(500))), unclear));
        } else if (dice < 80) {
            if (random.nextBoolean()) {
                receiver.stores(call);
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
        if (disk.failures() == 0 && !disk.dead() && !due()) {
            receiver.countsAnswers();
            keepsItsLimits();
        }
    }

    /* What is on its way is not given up, and neither is a part of what a tenant was to get. */
    private void keepsItsLimits() {
        if (!options.drops() || options.tenants() || !open.isEmpty() || loop.ended()) {
            return;
        }
        CursorLimits limits = options.limits().get();
        assertThat(cursor.backlogBytes()).as("bytes that wait for %s", name).isLessThanOrEqualTo(limits.maxBytes());
        long oldest = dispatcher.status().oldestBacklog();
        assertThat(oldest == 0 || limits.maxAge().isZero() ? 0 : millis() - oldest)
                .as("milliseconds that something waits for %s", name)
                .isLessThanOrEqualTo(limits.maxAge().toMillis() + LOOK_MILLIS);
    }

    /** Whether so much waits for it that nothing may be appended. */
    boolean refuses() {
        return options.limits().isPresent()
                && !options.drops()
                && cursor.backlogBytes() >= options.limits().get().maxBytes();
    }

    /** In the end: what is counted is what happened, with at most so many losses. */
    void isCounted(long losses) {
        Snapshot counts = counts();
        long damaged = counts.dropped().getOrDefault(Ledger.DAMAGED, 0L);
        long late = counts.dropped().getOrDefault(Verdicts.LATE, 0L);
        long over = dropped(counts, LIMITS);
        long filtered = counts.dropped().getOrDefault(Unwanted.FILTERED, 0L);
        assertThat(damaged).as("items counted as damaged for %s", name).isLessThanOrEqualTo(losses);
        assertThat(counts.delivered()).as("delivered to %s", name).isLessThanOrEqualTo(receiver.settled());
        assertThat(counts.rejected() + dropped(counts) - damaged - late - over - filtered)
                .as("rejected by %s", name)
                .isLessThanOrEqualTo(receiver.refused());
        assertThat(allowance.mayDrop() ? 0 : over)
                .as("dropped by %s, which has no limit at which it drops", name)
                .isZero();
        assertThat(allowance.mayBeLate() ? 0 : late)
                .as("dropped as late by %s, which is to send that", name)
                .isZero();
        assertThat(allowance.mayBeUnwanted() ? 0 : filtered)
                .as("filtered for %s, which wants all", name)
                .isZero();
        assertThat(late + over + filtered).as("given up for %s", name).isBetween((long) receiver.missing(), (long)
                receiver.notCounted());
    }

    private static long dropped(Snapshot counts) {
        return dropped(counts, counts.dropped().keySet());
    }

    private static long dropped(Snapshot counts, Set<String> reasons) {
        return reasons.stream()
                .mapToLong(reason -> counts.dropped().getOrDefault(reason, 0L))
                .sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
