package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The turns of a journal in virtual time, taken one by one by the test's own thread. */
public final class SteppedTurns implements Turns {
    private static final long EPOCH = 1_700_000_000_000L;
    private static final int MOST_LAST_TURNS = 10_000;

    private Turn turn;
    private long now;
    private long next = Long.MIN_VALUE;
    private boolean woken = true;
    private boolean ended;

    /** A journal that takes its turns here, from the time {@code now} on. */
    public Journal open(
            Path folder,
            FileAccess files,
            JournalSettings settings,
            TailBuffer tail,
            JournalEvents events,
            long startedAt)
            throws IOException {
        now = startedAt;
        return Journal.open(folder, files, settings, tail, events, this);
    }

    /** The milliseconds since the epoch at a time in nanoseconds. */
    public static long millis(long nanos) {
        return EPOCH + nanos / 1_000_000;
    }

    /** Whether there is something to do at this moment. */
    public boolean due() {
        return !ended && (woken || next <= now);
    }

    /** When there will be something to do. */
    public long next() {
        return ended ? Turn.NEVER : due() ? now : next;
    }

    /** Takes one turn. */
    public void step() {
        woken = false;
        next = turn.take(now);
        if (next == Turn.END) {
            ended = true;
            turn.ended();
        }
    }

    /** It is later now. */
    public void passTo(long time) {
        now = time;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long millis() {
        return millis(now);
    }

    @Override
    public void start(Turn newTurn) {
        turn = newTurn;
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public void join() {
        for (int turns = 0; !ended; turns++) {
            if (turns > MOST_LAST_TURNS) {
                throw new AssertionError("the journal does not end");
            }
            step();
        }
    }
}
