package dev.millrace.spi.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that a request was not sent, so that its destination holds nothing of it; another try may succeed. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration delay;

    /** An exception that says why, in words for a person. */
    public NotSentException(String message) {
        super(message);
        this.delay = null;
    }

    /**
     * An exception that says why, and when.
     *
     * @param delay how long the next try has to wait at least
     */
    public NotSentException(String message, Duration delay) {
        super(message);
        this.delay = delay;
    }

    /** How long the next try has to wait at least, if that is known. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
