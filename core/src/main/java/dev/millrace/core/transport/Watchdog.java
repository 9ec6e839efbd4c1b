package dev.millrace.core.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A time limit that is set and lifted often and rarely passes. Used on its event loop only. */
final class Watchdog {
    private final EventLoop loop;
    private final Runnable expired;
    private @Nullable Future<?> wakeUp;
    private long wakeUpAt;
    private long deadline;
    private boolean armed;

    Watchdog(EventLoop loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /** Calls {@code expired} after this time, unless the limit is set anew or lifted. */
    void arm(Duration time) {
        armed = true;
        deadline = System.nanoTime() + time.toNanos();
        if (wakeUp != null && wakeUpAt - deadline > 0) {
            wakeUp.cancel(false);
            wakeUp = null;
        }
        if (wakeUp == null) {
            sleep();
        }
    }

    void disarm() {
        armed = false;
    }

    /** Lifts the limit for ever. */
    void close() {
        armed = false;
        if (wakeUp != null) {
            wakeUp.cancel(false);
            wakeUp = null;
        }
    }

    private void sleep() {
        wakeUpAt = deadline;
        wakeUp = loop.schedule(this::wake, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        wakeUp = null;
        if (!armed) {
            return;
        }
        if (deadline - System.nanoTime() > 0) {
            sleep();
            return;
        }
        armed = false;
        expired.run();
    }
}
