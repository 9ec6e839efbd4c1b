package dev.millrace.core.delivery;

import dev.millrace.core.calls.PluginCall;
import dev.millrace.spi.pipeline.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each outcome does to a lane, its positions and the counts. */
final class Verdicts {
    /** The reason of items in a repeated request that the destination refused: it has them, or a part of them. */
    static final String REPEAT_REFUSED = "repeat_refused";

    /** The status of a request that was retried as often as the user allows. */
    static final String RETRIES_EXHAUSTED = "retries_exhausted";

    /** The reason of samples that are older than one of their series that was sent before. */
    static final String LATE = "late";

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);
    private static final String BAD_REQUEST = "400";
    private static final int LONGEST_ANSWER = 300;
    static final int LONGEST_REASON = 64;

    private final DeliverySettings settings;
    private final Clock clock;
    private final Ledger ledger;
    private final Positions positions;
    private final Lanes lanes;
    private final Hold hold;
    private final Tally tally;
    private final DeadLetters deadLetters;
    private final CursorKeeper keeper;
    private final Complaints rejections;
    private final Complaints failures;
    private boolean failing;

    Verdicts(
            DeliverySettings settings,
            Clock clock,
            Ledger ledger,
            Positions positions,
            Lanes lanes,
            Hold hold,
            Tally tally,
            DeadLetters deadLetters,
            CursorKeeper keeper) {
        this.settings = settings;
        this.clock = clock;
        this.ledger = ledger;
        this.positions = positions;
        this.lanes = lanes;
        this.hold = hold;
        this.tally = tally;
        this.deadLetters = deadLetters;
        this.keeper = keeper;
        this.rejections = new Complaints(LOG, settings.name(), TimeUnit.SECONDS.toNanos(1));
        this.failures = new Complaints(LOG, settings.name(), TimeUnit.MINUTES.toNanos(1));
    }

    /** Applies the outcome of a lane's attempt. */
    void apply(Lane lane, Request request, Attempt attempt, Outcome outcome, long now) {
        if (outcome instanceof Outcome.Delivered delivered) {
            delivered(request, delivered.dropped());
            done(lane, request, attempt);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            rejected(request, rejected, now);
            done(lane, request, attempt);
        } else if (outcome instanceof Outcome.Split split) {
            split(lane, request, attempt, split, now);
        } else if (outcome instanceof Outcome.Held held) {
            held(lane, attempt, OneLine.of(held.reason(), LONGEST_ANSWER), now);
        } else if (outcome instanceof Outcome.Retry retry) {
            retry(lane, request, attempt, retry, now);
        } else if (outcome instanceof Outcome.NotSent refused) {
            later(lane, refused.reason(), refused.delay(), now);
        }
    }

    private void delivered(Request request, Map<String, Integer> dropped) {
        long left = request.size();
        for (Map.Entry<String, Integer> entry : dropped.entrySet()) {
            long items = Math.max(0, Math.min(entry.getValue(), left));
            if (items > 0) {
                String reason = OneLine.of(entry.getKey(), LONGEST_REASON);
                request.count(() -> ledger.dropped(reason, items));
            }
            left -= items;
        }
        long rest = left;
        request.count(() -> ledger.delivered(rest));
        if (failing) {
            failing = false;
            LOG.info("{}: delivers again", settings.name());
        }
    }

    private void rejected(Request request, Outcome.Rejected rejected, long now) {
        String status = OneLine.of(rejected.status(), LONGEST_REASON);
        String line = OneLine.of(rejected.answer(), LONGEST_ANSWER);
        int taken = Math.max(0, Math.min(rejected.delivered(), request.size()));
        int left = request.size() - taken;
        request.count(() -> ledger.delivered(taken));
        if (left > 0 && status.equals(BAD_REQUEST) && (request.repeated() || !request.refusable(left))) {
            request.count(() -> ledger.dropped(REPEAT_REFUSED, left));
            // it may not have them after all
            request.count(() -> deadLetters.add(request, REPEAT_REFUSED, rejected.answer(), taken));
            rejections.add(
                    now,
                    "the destination refused the repetition of " + request
                            + ", which it may hold already; counted as repeat_refused: " + line);
            return;
        }
        if (left > 0) {
            request.count(() -> ledger.rejected(status, left));
            request.count(() -> deadLetters.add(request, status, rejected.answer(), taken));
        }
        String message = "rejected " + left + " items with status " + status + ": " + line;
        tally.error(clock.millis(), message);
        rejections.add(now, message + " (" + ledger.rejected() + " items rejected in all)");
    }

    private void split(Lane lane, Request request, Attempt attempt, Outcome.Split split, long now) {
        if (request.size() == 1) {
            rejected(request, split.alone(), now);
            done(lane, request, attempt);
            return;
        }
        request.taken(split.delivered());
        release(attempt);
        lane.done();
        lane.putFirst(request.split());
        if (request.recorded() != null) {
            keeper.changed();
        }
    }

    private void held(Lane lane, Attempt attempt, String reason, long now) {
        lane.pause(now);
        tally.error(clock.millis(), reason);
        if (hold.hold(reason, attempt.probe(), now, clock.millis())) {
            LOG.warn(
                    "{}: held, nothing is lost and nothing is sent but one request a minute until this changes: {}",
                    settings.name(),
                    reason);
        }
    }

    private void retry(Lane lane, Request request, Attempt attempt, Outcome.Retry retry, long now) {
        if (retry.unclear()) {
            request.unanswered();
        }
        if (request.retry() > settings.options().retry().limit()) {
            tally.error(clock.millis(), OneLine.of(retry.reason(), LONGEST_ANSWER));
            rejected(request, new Outcome.Rejected(RETRIES_EXHAUSTED, retry.reason()), now);
            done(lane, request, attempt);
            return;
        }
        tally.retriedItems += request.size();
        tally.retriedRequests++;
        later(lane, retry.reason(), retry.delay(), now);
    }

    private void later(Lane lane, String why, Optional<Duration> delay, long now) {
        String reason = OneLine.of(why, LONGEST_ANSWER);
        tally.error(clock.millis(), reason);
        lane.pause(now + lane.backoff().next(delay, lanes.othersDeliver(lane, now)));
        failing |= failures.add(now, "cannot deliver, and tries again: " + reason);
    }

    /** An attempt ran past its deadline: its answer no longer counts, and the request is sent again. */
    void abandon(Lane lane, Request request, Attempt attempt, long now) {
        String reason = "send of " + lane + " did not end within "
                + PluginCall.seconds(settings.sendDeadline().toMillis()) + " and is abandoned";
        tally.abandonedCalls++;
        LOG.warn("{}: {}; {} is sent again", settings.name(), reason, request);
        retry(lane, request, attempt, new Outcome.Retry(reason, Optional.empty(), true), now);
    }

    /** A request of late samples, which the user does not want to be sent, is over. */
    void late(Lane lane, Request request) {
        request.count(() -> ledger.dropped(LATE, request.size()));
        done(lane, request);
    }

    private void done(Lane lane, Request request, Attempt attempt) {
        done(lane, request);
        lane.backoff().reset();
        release(attempt);
    }

    private void done(Lane lane, Request request) {
        if (request.end()) {
            positions.advance(request.slots(), request.to());
        }
        tally.newestDone = Math.max(tally.newestDone, request.newest());
        lane.done();
        lanes.done(lane);
        keeper.changed();
    }

    private void release(Attempt attempt) {
        if (hold.held() && attempt.probe()) {
            hold.release();
            LOG.info("{}: no longer held", settings.name());
        }
    }
}
