package dev.millrace.distribution.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for something that happens in another process, by asking again and again up to a deadline. */
public final class Await {
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /** Waits until {@code condition} holds; the failure shows {@code state}. */
    public static void until(String what, Duration deadline, Callable<Boolean> condition, Supplier<String> state) {
        long end = System.nanoTime() + deadline.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            } catch (Exception e) {
                last = e;
            }
        }
        throw new AssertionError("not within " + deadline.toSeconds() + " s: " + what + "\n" + state.get(), last);
    }

    /** Waits until {@code condition} holds. */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        until(what, deadline, condition, () -> "");
    }
}
