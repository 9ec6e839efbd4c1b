package dev.millrace.core.calls;

import java.time.Duration;

/**
 * How long calls into plugins may take.
 *
 * @param call a call that the host waits for, such as {@code create} or {@code start}
 * @param stop a call of {@code stop}
 * @param task a call on a worker, such as a task, a handler, {@code send} or {@code process}
 * @param patience after which a worker counts as busy for long, and another one does its work meanwhile
 * @param outcome what {@code send} returned, until it completes
 */
public record Deadlines(Duration call, Duration stop, Duration task, Duration patience, Duration outcome) {
    /** 30 seconds, 10 for {@code stop}, half a second until another worker helps out, and ten minutes for an outcome. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMinutes(10));
}
