package dev.millrace.core.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop in virtual time, driven by the test's own thread. */
final class VirtualLoop implements Loop {
    private static final int MOST_TURNS = 100_000;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::time).thenComparingLong(Timer::number));
    private long timersMade;
    private Turn turn;
    private long now;
    private long wake = Long.MIN_VALUE;
    private boolean ended;

    private record Timer(long time, long number, Runnable action) {}

    void start(Turn first) {
        turn = first;
        run();
    }

    @Override
    public boolean execute(Runnable task) {
        return !ended && tasks.add(task);
    }

    @Override
    public long now() {
        return now;
    }

    /** Has something happen after a while. */
    void after(Duration delay, Runnable action) {
        timers.add(new Timer(now + delay.toNanos(), timersMade++, action));
    }

    boolean ended() {
        return ended;
    }

    /** When the loop wants to be called, without tasks. */
    long wake() {
        return wake;
    }

    /** Runs what there is to do at this moment. */
    void run() {
        for (int turns = 0; !ended && (!tasks.isEmpty() || wake <= now); turns++) {
            if (turns > MOST_TURNS) {
                throw new AssertionError("the loop does not come to rest");
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            wake = turn.take(now);
            ended = wake == Turn.END;
        }
    }

    /** Lets time pass, with a turn whenever the loop wants one. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        run();
        while (!ended && next() <= end) {
            now = Math.max(now, next());
            while (!timers.isEmpty() && timers.element().time() <= now) {
                timers.remove().action().run();
            }
            run();
        }
        now = end;
        run();
    }

    /** Whether there is something to do at this moment. */
    boolean due() {
        return !ended && (!tasks.isEmpty() || wake <= now);
    }

    /** It is later now; nothing runs before {@link #run}. */
    void passTo(long time) {
        now = time;
    }

    /** When there will be something to do. */
    long next() {
        return timers.isEmpty() ? wake : Math.min(wake, timers.element().time());
    }

    /** The process is gone: nothing runs any more. */
    void kill() {
        ended = true;
        tasks.clear();
        timers.clear();
    }
}
