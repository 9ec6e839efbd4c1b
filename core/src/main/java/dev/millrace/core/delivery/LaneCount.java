package dev.millrace.core.delivery;

import java.util.concurrent.TimeUnit;

/**
 * How many lanes a delivery should have: a rule that knows only times and counts.
 *
 * <p>The lanes wanted are those that can send what arrives, and a twentieth of the backlog each second, where a lane
 * sends a full request in the time that requests take to be answered. (Prometheus reckons with the time for each sample
 * instead, and so wants many lanes where small requests are slow. Lanes beyond those wanted only make requests smaller.)
 * The number at most doubles at each step and only after an answer since the last, so that a destination is not run over;
 * it falls when half a minute has passed in which fewer were enough, with a fifth to spare. While many requests fail it
 * does not grow: the destination has enough to do. While none is answered it stays.
 */
final class LaneCount {
    /** The time between two decisions. */
    static final long STEP = TimeUnit.MILLISECONDS.toNanos(500);

    private static final double CATCH_UP_PER_SECOND = 0.05;
    private static final double TOLERANCE = 0.3;
    private static final double SPARE = 1.2;
    private static final double MOST_FAILURES = 0.1;
    private static final double SMOOTHING_SECONDS = 5;
    private static final double ARRIVAL_SMOOTHING_SECONDS = 15;
    private static final long SHRINK_AFTER = TimeUnit.SECONDS.toNanos(30);

    private final int min;
    private final int max;
    private double rowsOfFullRequest;
    private double secondsOfRequest;
    private double arrivals;
    private double answers;
    private double failures;
    private long stepAnswers;
    private long stepNanos;
    private long stepFull;
    private long stepFullRows;
    private long answersSinceChange;
    private double need;
    private long lastTime = Long.MIN_VALUE;
    private long lastAppended;
    private long fewEnoughSince = Long.MIN_VALUE;
    private int mostOfFew;

    /** A rule within bounds, for requests of at most {@code maxItems} rows. */
    LaneCount(int min, int max, int maxItems) {
        this.min = min;
        this.max = max;
        this.rowsOfFullRequest = maxItems;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /** How many lanes are wanted, which may be more than the upper bound. */
    int wanted() {
        return ceil(need);
    }

    /** A request is done after some time; {@code full} says that it left rows behind when it was cut. */
    void answered(int rows, boolean full, long nanos) {
        stepAnswers++;
        stepNanos += nanos;
        if (full) {
            stepFull++;
            stepFullRows += rows;
        }
    }

    /** A request failed and will be sent again. */
    void failed() {
        failures++;
    }

    /** Decides from what was appended so far and what of it is outstanding; returns the number of lanes to have. */
    int next(long now, int lanes, long appended, long backlog) {
        if (lastTime == Long.MIN_VALUE) {
            lastTime = now;
            lastAppended = appended;
            return lanes;
        }
        double seconds = (now - lastTime) / 1e9;
        measure(seconds, appended - lastAppended);
        lastTime = now;
        lastAppended = appended;
        if (stepAnswers == 0 && backlog > 0) {
            return lanes;
        }
        need = secondsOfRequest * (arrivals + CATCH_UP_PER_SECOND * backlog) / rowsOfFullRequest;
        answersSinceChange += stepAnswers;
        clearStep();
        int next = Math.max(min, Math.min(max, decide(now, lanes)));
        if (next != lanes) {
            answersSinceChange = 0;
            fewEnoughSince = Long.MIN_VALUE;
        }
        return next;
    }

    private void measure(double seconds, long appended) {
        double old = Math.exp(-seconds / SMOOTHING_SECONDS);
        double oldArrivals = Math.exp(-seconds / ARRIVAL_SMOOTHING_SECONDS);
        arrivals = oldArrivals * arrivals + (1 - oldArrivals) * appended / seconds;
        answers = old * answers + stepAnswers;
        failures *= old;
        if (stepAnswers > 0) {
            double mean = stepNanos / 1e9 / stepAnswers;
            secondsOfRequest = secondsOfRequest == 0 ? mean : old * secondsOfRequest + (1 - old) * mean;
        }
        if (stepFull > 0) {
            rowsOfFullRequest = old * rowsOfFullRequest + (1 - old) * stepFullRows / stepFull;
        }
    }

    private void clearStep() {
        stepAnswers = 0;
        stepNanos = 0;
        stepFull = 0;
        stepFullRows = 0;
    }

    private int decide(long now, int lanes) {
        boolean failing = failures > MOST_FAILURES * (answers + failures);
        if (wanted() > (1 + TOLERANCE) * lanes) {
            fewEnoughSince = Long.MIN_VALUE;
            return failing || answersSinceChange == 0 ? lanes : Math.min(wanted(), 2 * lanes);
        }
        int enough = ceil(SPARE * need);
        if (enough >= (1 - TOLERANCE) * lanes) {
            fewEnoughSince = Long.MIN_VALUE;
            return lanes;
        }
        if (fewEnoughSince == Long.MIN_VALUE) {
            fewEnoughSince = now;
            mostOfFew = 0;
        }
        mostOfFew = Math.max(mostOfFew, enough);
        return now - fewEnoughSince >= SHRINK_AFTER ? mostOfFew : lanes;
    }

    private static int ceil(double lanes) {
        return (int) Math.max(1, Math.min(Math.ceil(lanes), Integer.MAX_VALUE));
    }
}
