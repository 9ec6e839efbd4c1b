package dev.millrace.core.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a flusher is held: no lane sends until a person changes something, but one, once a minute, as a probe. When the
 * probe gets another answer than that the flusher is held, all go on.
 */
final class Hold {
    /** The time between two probes. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private @Nullable String reason;
    private @Nullable Lane probe;
    private long since;
    private long probeAt;
    private boolean again;

    /** Why it is held, or null. */
    @Nullable
    String reason() {
        return reason;
    }

    boolean held() {
        return reason != null;
    }

    /** When it was first held, by the wall clock, in milliseconds since the epoch. */
    long since() {
        return since;
    }

    /** When a lane that was stopped is to ask again; never while a probe is under way. */
    long probeAt() {
        return probe == null ? probeAt : Loop.Turn.NEVER;
    }

    /** A request was held; true if that is worth a line: it is the first, or the answer to a probe. */
    boolean hold(String why, boolean answersProbe, long now, long wallClock) {
        boolean first = reason == null;
        reason = why;
        if (first) {
            since = wallClock;
        }
        if (first || answersProbe) {
            probe = null;
            probeAt = again ? now : now + INTERVAL.toNanos();
            again = false;
            return true;
        }
        return false;
    }

    /** Whether a lane has to wait. When it is time, the first lane that asks becomes the probe. */
    boolean stops(Lane lane, long now) {
        if (reason == null || lane == probe) {
            return false;
        }
        if (probe == null && now >= probeAt) {
            probe = lane;
            return false;
        }
        return true;
    }

    /** Has the next probe sent at once; where a request is on its way that may be held for what was so before, after that. */
    void probeNow() {
        probeAt = Long.MIN_VALUE;
        again = reason == null || probe != null;
    }

    /** Requests were given up; where that of the probe was one, the next lane that asks becomes the probe. */
    void gaveUp() {
        if (probe != null && probe.request() == null) {
            probe = null;
        }
    }

    void release() {
        reason = null;
        probe = null;
        again = false;
    }
}
