package dev.millrace.spi.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What became of a slice. */
public sealed interface Outcome {
    /**
     * The destination has it.
     *
     * @param dropped how many of the rows it does not have, by reason, because they can not be sent there
     */
    record Delivered(Map<String, Integer> dropped) implements Outcome {
        public Delivered {
            dropped = Map.copyOf(dropped);
        }

        /** Delivered whole. */
        public static final Delivered ALL = new Delivered(Map.of());
    }

    /**
     * The same slice is to be sent again, by itself, after a while.
     *
     * @param reason what happened, in words
     * @param delay how long the destination asked to wait, if it did
     */
    record Retry(String reason, Optional<Duration> delay) implements Outcome {
        /** A retry after the host's backoff. */
        public Retry(String reason) {
            this(reason, Optional.empty());
        }
    }

    /**
     * Nothing can be delivered until a person changes something: a wrong password, an unknown path. The host tries once
     * a minute, and keeps everything.
     *
     * @param reason what is wrong, in words
     */
    record Held(String reason) implements Outcome {}

    /**
     * The slice is too large for the destination and is to be sent in two parts; a single row is rejected.
     *
     * @param reason what the destination said
     */
    record Split(String reason) implements Outcome {}

    /**
     * The destination will never take it.
     *
     * @param status what it is counted by, such as {@code 400}
     * @param answer what the destination said, verbatim
     */
    record Rejected(String status, String answer) implements Outcome {}
}
