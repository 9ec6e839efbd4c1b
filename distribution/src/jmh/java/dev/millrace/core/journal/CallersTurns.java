package dev.millrace.core.journal;

import java.time.Duration;

/** The turns of a journal, taken by the caller's own thread, so that all the work of a commit is measured in it. */
final class CallersTurns implements Turns {
    private static final long LONGEST_LINGER = Duration.ofMinutes(1).toNanos();

    private Turn turn;

    /** Commits what was appended, as if it had lingered. */
    void takeOne() {
        turn.take(now() + LONGEST_LINGER);
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void start(Turn newTurn) {
        turn = newTurn;
    }

    @Override
    public void wake() {}

    @Override
    public void join() {
        while (turn.take(now() + LONGEST_LINGER) != Turn.END) {}
        turn.ended();
    }
}
