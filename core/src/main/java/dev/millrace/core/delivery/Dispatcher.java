package dev.millrace.core.delivery;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorState;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.Totals;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a delivery and what it does in a turn: read, cut, write the cursor, send.
 *
 * <p>Everything runs on the loop's thread but {@link #record} and {@link #status}. The order within a turn is what the
 * promises rest on: what outcomes changed and what is about to be sent is written before anything leaves.
 */
final class Dispatcher implements Loop.Turn, Attempt.Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);

    private final DeliverySettings settings;
    private final Journal journal;
    private final Cursor cursor;
    private final GroupedFlusher flusher;
    private final Clock clock;
    private final Executor workers;
    private final Loop loop;
    private final LongSupplier newestAppended;
    private final RandomGenerator random;
    private final Positions positions;
    private final Ledger ledger;
    private final Lanes lanes;
    private final Hold hold = new Hold();
    private final Tally tally = new Tally();
    private final DeadLetters deadLetters;
    private final Groups groups;
    private final SeriesTimes times = new SeriesTimes();
    private final Intake intake;
    private final int inherited;
    private final Overflow overflow;
    private final Unwanted unwanted;
    private final CursorKeeper keeper;
    private final Complaints losses;
    private final Verdicts verdicts;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final List<Lane> ready = new ArrayList<>();
    private final LaneCount laneCount;
    private int lanesMade;
    private long laneStep;
    private long wake;
    private long stopBy = NEVER;
    private boolean ended;
    private @Nullable String failure;
    private volatile Described described;

    Dispatcher(
            DeliverySettings settings,
            Journal journal,
            Cursor cursor,
            DeadLetterFolder letters,
            GroupedFlusher flusher,
            Executor workers,
            Loop loop,
            Clock clock,
            LongSupplier newestAppended,
            LaneCount laneCount,
            RandomGenerator random) {
        this.settings = settings;
        this.journal = journal;
        this.cursor = cursor;
        this.flusher = flusher;
        this.clock = clock;
        this.workers = workers;
        this.loop = loop;
        this.newestAppended = newestAppended;
        this.laneCount = laneCount;
        this.random = random;
        Complaints complaints = new Complaints(
                LOG, settings.name(), TimeUnit.MINUTES.toNanos(1), message -> tally.error(clock.millis(), message));
        losses = new Complaints(
                LOG, settings.name(), TimeUnit.MINUTES.toNanos(1), message -> tally.error(clock.millis(), message));
        overflow = new Overflow(cursor, journal);
        groups = new Groups(flusher, complaints);
        deadLetters = new DeadLetters(settings.flusher().toString(), letters, clock, complaints);
        CursorState start = cursor.state();
        inherited = start.inherited();
        positions = new Positions(start.positions());
        ledger = new Ledger(start);
        unwanted = new Unwanted(settings.wanted(), ledger);
        lanes = new Lanes(laneCount.min(), this::lane);
        intake = new Intake(
                settings.name(),
                settings.limits().maxBytes(),
                journal,
                start.requests(),
                positions,
                lanes,
                ledger,
                groups,
                overflow,
                unwanted,
                complaints);
        keeper = new CursorKeeper(journal, cursor, workers, this::state, complaints);
        verdicts = new Verdicts(settings, clock, ledger, positions, lanes, hold, tally, deadLetters, keeper);
        described = describe();
    }

    @Override
    public long take(long now) {
        wake = NEVER;
        if (stopBy != NEVER) {
            return stopping(now);
        }
        boolean first = !intake.begun();
        giveUp(now);
        wake(intake.read(now));
        if (intake.begun()) {
            if (first) {
                giveUp(now); // of what an earlier life had sent, which is in the lanes now
            }
            decide(now);
            prepare(now);
            settle(now);
            wake(deadLetters.trim(now));
            deadLetters.write(now); // before the cursor passes what was rejected
            wake(keeper.write(now));
            ready.forEach(lane -> send(lane, now));
            wake(ready.isEmpty() ? NEVER : now);
            ready.clear();
        }
        described = describe();
        return wake;
    }

    /* Before anything is read or sent: what is over a limit of a flusher that drops is not sent any more. */
    private void giveUp(long now) {
        if (!cursor.limits().dropOldest()) {
            return;
        }
        overflow.look(positions.lowest(), clock.millis());
        if (lanes.condemn(overflow, positions)) {
            keeper.changed();
            hold.gaveUp();
        }
        wake(ledger.backlog(end()) > 0 ? now + LOOK : NEVER);
    }

    private void decide(long now) {
        long end = end();
        long backlog = ledger.backlog(end);
        if (now >= laneStep) {
            laneStep = now + LaneCount.STEP;
            regroup(laneCount.next(now, lanes.count(), ledger.appended(end), backlog));
        }
        boolean more = lanes.count() > laneCount.min() || laneCount.wanted() > laneCount.min();
        wake(backlog > 0 || more ? laneStep : NEVER);
    }

    private void prepare(long now) {
        for (Lane lane : lanes.all()) {
            Attempt attempt = lane.attempt();
            Request request = lane.request();
            if (attempt != null && request != null && now >= attempt.deadline()) {
                laneCount.failed();
                verdicts.abandon(lane, request, attempt, now);
                flusher.sendGivenUp();
            }
            if (lane.attempt() != null) {
                wake(lane.attempt().deadline());
            } else if (!lanes.blocked(lane)) {
                prepare(lane, now);
            }
        }
    }

    private void prepare(Lane lane, long now) {
        Request request = lane.next(now);
        while (request != null && request.late() && settings.options().late() == Late.DROP) {
            verdicts.late(lane, request);
            request = lane.next(now);
        }
        if (request == null) {
            wake(lane.queue().count() == 0 ? NEVER : lane.queue().dueAt());
        } else if (hold.stops(lane, now)) {
            wake(hold.probeAt());
        } else if (now < lane.notBefore()) {
            wake(lane.notBefore());
        } else {
            ready.add(lane);
        }
    }

    private void settle(long now) {
        if (lanes.follow(positions, intake.position())) {
            keeper.drifted();
        }
        if (overflow.settle(positions, ledger) > 0) {
            keeper.gaveUp();
            losses.add(now, "drops its oldest items, because more waits than may: dropped so far: " + ledger.dropped());
        }
        boolean full = unwanted.full();
        if (unwanted.settle(positions) > 0) {
            keeper.changed(); // what the cursor holds back follows it
            wake(full ? now : NEVER); // reading goes on
        }
        long lost = ledger.settle(intake.position(), positions.highest());
        if (lost > 0) {
            keeper.changed();
            LOG.error("{}: {} items in the journal are damaged and cannot be delivered", settings.name(), lost);
        }
    }

    private void send(Lane lane, long now) {
        Request request = lane.request();
        if (request == null) {
            return;
        }
        Attempt attempt =
                new Attempt(request, hold.held(), now + settings.sendDeadline().toNanos(), this);
        lane.sending(attempt, now);
        tally.attempted += request.size();
        SendCall.Answer answer = outcome -> loop.execute(() -> answered(lane, attempt, outcome));
        new SendCall(flusher, attempt, answer).on(workers);
    }

    private void answered(Lane lane, Attempt attempt, Outcome outcome) {
        if (ended) {
            return;
        }
        if (lane.attempt() != attempt) {
            tally.strayAnswers++;
            return;
        }
        long now = loop.now();
        if (outcome instanceof Outcome.Delivered) {
            lane.delivered(now);
        }
        if (outcome instanceof Outcome.Delivered || outcome instanceof Outcome.Rejected) {
            laneCount.answered(attempt.size(), lane.leftRows(), now - lane.sentAt());
        } else if (!(outcome instanceof Outcome.Split)) {
            laneCount.failed();
        }
        verdicts.apply(lane, attempt.request(), attempt, outcome, now);
    }

    @Override
    public CompletionStage<Void> record(Attempt attempt, String protocol, int checksum) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (!loop.execute(() -> record(attempt, protocol, checksum, written))) {
            written.completeExceptionally(new IOException("the delivery has stopped"));
        }
        return written.minimalCompletionStage();
    }

    private void record(Attempt attempt, String protocol, int checksum, CompletableFuture<Void> written) {
        if (ended || attempt.closed()) {
            keeper.refuse(written, "the request is no longer wanted: its call was answered or abandoned");
        } else {
            keeper.await(written, attempt.request().record(protocol, checksum));
        }
    }

    /** Completes when nothing is sent any more, and the cursor is written. */
    CompletionStage<Void> stopped() {
        return stopped;
    }

    /** Sends nothing more, and waits a while for what is in flight. */
    void stop() {
        if (stopBy == NEVER) {
            stopBy = loop.now() + settings.stopGrace().toNanos();
        }
    }

    /** Spreads the slots over another number of lanes, until the rule decides otherwise. */
    void regroup(int count) {
        if (count != lanes.count()) {
            LOG.debug("{}: {} lanes become {}", settings.name(), lanes.count(), count);
            lanes.regroup(count);
        }
    }

    /** Has a held flusher probed at once. */
    void resume() {
        hold.probeNow();
    }

    private long stopping(long now) {
        boolean busy = lanes.all().stream().anyMatch(lane -> lane.attempt() != null);
        if (busy && now < stopBy) {
            if (intake.begun()) {
                settle(now);
            }
            deadLetters.write(now);
            wake(keeper.write(now));
            wake(stopBy);
            described = describe();
            return wake;
        }
        lanes.all().forEach(Lane::endAttempt);
        if (intake.begun()) {
            settle(loop.now());
        }
        deadLetters.close(now);
        keeper.close(now);
        finish();
        return END;
    }

    @Override
    public void failed(Throwable e) {
        LOG.error("{}: the delivery failed and has ended; its backlog is kept", settings.name(), e);
        failure = "the delivery failed: " + e;
        lanes.all().forEach(Lane::endAttempt);
        try {
            keeper.abandon();
            deadLetters.close(loop.now());
        } finally {
            finish(); // whoever waits for the end is told, also where no memory is left
        }
    }

    private void finish() {
        ended = true;
        try {
            intake.close();
        } catch (IOException e) {
            LOG.warn("{}: cannot close the journal's reader: {}", settings.name(), e.getMessage());
        }
        described = describe();
        stopped.complete(null);
    }

    /** How the delivery was after its last turn, and with what was appended since then. Thread-safe. */
    DeliveryStatus status() {
        Described last = described;
        long more = journal.end() - last.end();
        return more > 0 ? last.status().plus(new Account(more, Totals.NONE)) : last.status();
    }

    /**
     * How it was after a turn.
     *
     * @param end the journal's end by which items are counted
     */
    private record Described(DeliveryStatus status, long end) {}

    private Described describe() {
        long end = end();
        long inFlight = 0;
        long oldest = NEVER;
        for (Lane lane : lanes.all()) {
            Attempt attempt = lane.attempt();
            inFlight += attempt == null ? 0 : attempt.size();
            oldest = Math.min(oldest, lane.oldestWritten());
        }
        cursor.waitingSince(oldest == NEVER ? 0 : oldest);
        assert failure != null // in the middle of something
                        || ledger.backlog(end)
                                == lanes.outstanding()
                                        + overflow.outstanding()
                                        + unwanted.outstanding()
                                        + ledger.unread(intake.position(), end)
                : "the ledger does not balance";
        Snapshot counts = new Snapshot(
                ledger.appended(end),
                tally.attempted,
                tally.retriedItems,
                ledger.delivered(),
                ledger.rejected(),
                ledger.dropped(),
                ledger.backlog(end),
                inFlight,
                lanes.count(),
                laneCount.min(),
                laneCount.max(),
                laneCount.wanted(),
                RowQueue.capacity(settings.limits()),
                intake.laneWaits(),
                Math.max(newestAppended.getAsLong(), intake.newest()),
                tally.newestDone);
        String reason = hold.reason();
        DeliveryStatus status = new DeliveryStatus(
                counts,
                ledger.rejectedByStatus(),
                tally.retriedRequests,
                tally.abandonedCalls,
                tally.strayAnswers,
                oldest == NEVER ? 0 : oldest,
                reason == null ? Optional.empty() : Optional.of(new Incident(hold.since(), reason)),
                deadLetters.counts(),
                tally.lastError(),
                Optional.ofNullable(failure));
        return new Described(status, end);
    }

    private long end() {
        return Math.max(journal.end(), intake.position());
    }

    private CursorState state() {
        return new CursorState(ledger.began(), positions.toArray(), lanes.recorded(), ledger.totals(), inherited);
    }

    private Lane lane(long slots) {
        return new Lane(
                lanesMade++,
                slots,
                new RowQueue(settings.limits(), new Company(times)),
                new Backoff(settings.options().retry(), random),
                groups);
    }

    private void wake(long time) {
        wake = Math.min(wake, time);
    }
}
