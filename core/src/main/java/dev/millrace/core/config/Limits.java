package dev.millrace.core.config;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.Optional;

/** What is checked of the limits of a journal, which a pipeline and its flusher may both have. */
public final class Limits {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Limits() {}

    /** Throws where a limit leaves no room for anything. */
    public static void check(Optional<ByteSize> maxBytes, Optional<Duration> maxAge) {
        if (maxBytes.isPresent() && maxBytes.get().bytes() < 1) {
            throw new InvalidOptionException("maxBytes", maxBytes.get() + " (expected: > 0B)");
        }
        if (maxAge.isPresent() && maxAge.get().compareTo(SHORTEST) < 0) {
            throw new InvalidOptionException("maxAge", maxAge.get().toMillis() + "ms (expected: at least 1s)");
        }
    }
}
