package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes one target again and again, without a thread of its own.
 *
 * <p>A scrape ends when the journal has kept or refused its batch, and scrapes of a target do not overlap: one that is due
 * before begins when it ends, and further ones are skipped. So the memory of the target is used by one thread at a time,
 * which {@link #state} hands over.
 */
final class ScrapeLoop {
    private static final double NANOSECONDS = 1e9;

    private final ScrapeSchedule schedule;
    private final PageFetch pages;
    private final BatchMaker maker;
    private final TargetHealth health;
    private final SinkGate gate;
    private final LeftOutCounters leftOut;
    private final ExceededLimits exceeded;
    private final SeriesRecorder recorder;
    private final Supplier<@Nullable ScrapeException> refusal;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService scheduler;

    /** Guards the memory of the target, so that {@link #stop} can read it while a scrape is on its way. */
    private final Object memory = new Object();

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    /** When the scrape was due that begins when the one before it ends. */
    private volatile long overdue;
    /** Used by the scrape on its way, and no other. */
    private long lastTimestamp;

    private volatile boolean ending;
    private volatile boolean stopped;
    /** Completes when {@link #end} was asked for and no scrape is on its way. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile @Nullable Future<?> planned;
    /** When the next scrape is due; used by the task that is planned, and no other. */
    private long due;

    ScrapeLoop(
            ScrapeSchedule schedule,
            PageFetch pages,
            BatchMaker maker,
            TargetHealth health,
            SinkGate gate,
            LeftOutCounters leftOut,
            ExceededLimits exceeded,
            SeriesRecorder recorder,
            Supplier<@Nullable ScrapeException> refusal,
            Clock clock,
            LongSupplier nanoTime,
            ScheduledExecutorService scheduler) {
        this.schedule = schedule;
        this.pages = pages;
        this.maker = maker;
        this.health = health;
        this.gate = gate;
        this.leftOut = leftOut;
        this.exceeded = exceeded;
        this.recorder = recorder;
        this.refusal = refusal;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
    }

    private enum State {
        /** No scrape is on its way. */
        IDLE,
        /** One is. */
        BUSY,
        /** One is, and the next is due. */
        OVERDUE
    }

    /** Goes on where a predecessor has stopped; to be called before {@link #start}. */
    void continueFrom(LiveTarget live) {
        maker.inherit(live);
        lastTimestamp = live.newest();
    }

    void start() {
        long now = clock.millis();
        due = schedule.first(now);
        plan(now);
    }

    /** Begins no further scrape; completes when the one on its way has ended as usual. */
    CompletableFuture<Void> end() {
        ending = true;
        Future<?> task = planned;
        if (task != null) {
            task.cancel(false);
        }
        if (state.get() == State.IDLE) {
            ended.complete(null);
        }
        return ended;
    }

    /**
     * Ends at once. A scrape on its way ends without a batch, and the target's series are not marked: a successor may
     * continue them.
     *
     * @return what may be left of them
     */
    Optional<LiveTarget> stop() {
        var unused = end();
        stopped = true;
        synchronized (memory) {
            return maker.live();
        }
    }

    /** How its scrapes go. */
    TargetHealth health() {
        return health;
    }

    /** Ends as {@link #stop} does, because the target is gone. To be called when {@link #end} is complete. */
    Optional<LiveTarget> leave() {
        health.end();
        return stop();
    }

    private void plan(long now) {
        planned = scheduler.schedule(this::tick, Math.max(0, due - now), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (ending) {
            return;
        }
        long now = clock.millis();
        long point = due;
        due = schedule.next(point, now);
        plan(now);
        if (state.compareAndSet(State.IDLE, State.BUSY)) {
            begin(point);
            return;
        }
        overdue = point;
        if (state.compareAndSet(State.BUSY, State.OVERDUE)) {
            return;
        }
        if (state.compareAndSet(State.IDLE, State.BUSY)) {
            begin(point);
            return;
        }
        gate.skipUnfinished();
    }

    private void begin(long point) {
        if (!ending && gate.isOpen()) {
            scrape(timestamp(point));
        } else {
            over();
        }
    }

    /* No two scrapes have one timestamp, even if one that was late is aligned with the next. */
    private long timestamp(long point) {
        long now = clock.millis();
        long timestamp = schedule.timestamp(point, now);
        lastTimestamp = timestamp == lastTimestamp ? Math.max(now, timestamp + 1) : timestamp;
        return lastTimestamp;
    }

    /* The scrape on its way has ended, or did not begin. */
    private void over() {
        if (ending) {
            state.set(State.IDLE);
            ended.complete(null);
            return;
        }
        if (state.compareAndSet(State.BUSY, State.IDLE)) {
            if (ending) {
                ended.complete(null);
            }
            return;
        }
        state.set(State.BUSY);
        try {
            scheduler.execute(() -> begin(overdue));
        } catch (RejectedExecutionException e) {
            // The host ends its scheduler after stop().
            if (!stopped) {
                throw e;
            }
        }
    }

    private void scrape(long timestamp) {
        long begin = nanoTime.getAsLong();
        DoubleSupplier seconds = () -> Math.max(0, nanoTime.getAsLong() - begin) / NANOSECONDS;
        fetch().whenComplete((answer, failure) -> {
            BatchMaker.Made made = madeUnlessStopped(answer, failure, timestamp, seconds);
            if (made != null) {
                finish(made, seconds.getAsDouble());
            }
        });
    }

    private CompletionStage<PageFetch.Answer> fetch() {
        ScrapeException refused = refusal.get();
        if (refused != null) {
            return CompletableFuture.failedFuture(refused);
        }
        try {
            return pages.fetch();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private BatchMaker.@Nullable Made madeUnlessStopped(
            PageFetch.@Nullable Answer answer, @Nullable Throwable failure, long timestamp, DoubleSupplier seconds) {
        synchronized (memory) {
            if (!stopped) {
                return made(answer, failure, timestamp, seconds);
            }
        }
        if (answer != null) {
            pages.giveBack(answer.body());
        }
        return null;
    }

    /* Whatever fails, the scrape ends with a batch; a failure that no target causes is logged as what it is. */
    private BatchMaker.Made made(
            PageFetch.@Nullable Answer answer, @Nullable Throwable failure, long timestamp, DoubleSupplier seconds) {
        if (answer == null) {
            Exception cause = FailureText.cause(failure);
            return maker.ofFailure(cause, timestamp, seconds);
        }
        try {
            BodyBuffer page = pages.page(answer);
            try {
                return maker.ofPage(page, answer.format(), timestamp, seconds);
            } finally {
                pages.giveBack(page);
            }
        } catch (IOException | ScrapeException | RuntimeException e) {
            return maker.ofFailure(e, timestamp, seconds);
        }
    }

    private void finish(BatchMaker.Made made, double seconds) {
        health.note(made, seconds);
        exceeded.count(made.failure());
        recorder.record(made);
        gate.accept(made.batch(), new Acknowledgement() {
            @Override
            public void committed() {
                leftOut.count(made.counts());
                recorder.kept();
                synchronized (memory) {
                    maker.kept(made);
                }
                gate.open();
                over();
            }

            @Override
            public void refused(Refusal refusal) {
                recorder.refused();
                synchronized (memory) {
                    maker.refused();
                }
                gate.skip(refusal);
                over();
            }

            @Override
            public boolean waiting() {
                return false;
            }
        });
    }
}
