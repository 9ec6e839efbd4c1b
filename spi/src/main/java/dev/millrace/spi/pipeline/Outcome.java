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
     * @param unclear whether the destination may hold the slice, or a part of it, all the same: it gave no answer, or one
     *     that does not say what it did before it failed
     */
    record Retry(String reason, Optional<Duration> delay, boolean unclear) implements Outcome {
        /** A retry after the host's backoff, of a slice of which the destination holds nothing. */
        public Retry(String reason) {
            this(reason, Optional.empty(), false);
        }
    }

    /**
     * Nothing was sent, because something before the destination refused it for the moment, such as an open circuit
     * breaker. The same slice comes again after a while; no limit of retries counts it.
     *
     * @param reason what happened, in words
     * @param delay how long the next try has to wait at least, if that is known
     */
    record NotSent(String reason, Optional<Duration> delay) implements Outcome {}

    /**
     * Nothing can be delivered until a person changes something: a wrong password, an unknown path. The host tries once
     * a minute, and keeps everything.
     *
     * @param reason what is wrong, in words
     */
    record Held(String reason) implements Outcome {}

    /**
     * The slice is to be sent in two parts, because it is too large for the destination, or to find the row that it
     * refuses.
     *
     * @param reason what the destination said
     * @param alone what becomes of a single row, which cannot be split
     * @param delivered how many of the rows the destination took all the same; of the parts, it can refuse no more for good
     *     than the others, because it may refuse these for being there
     */
    record Split(String reason, Rejected alone, int delivered) implements Outcome {
        /** A split of a slice of which the destination holds nothing. */
        public Split(String reason, Rejected alone) {
            this(reason, alone, 0);
        }
    }

    /**
     * The destination will never take it.
     *
     * @param status what it is counted by, such as {@code 400}
     * @param answer what the destination said, verbatim
     * @param delivered how many of the rows the destination took all the same; only the others are counted as rejected
     */
    record Rejected(String status, String answer, int delivered) implements Outcome {
        /** Rejected whole. */
        public Rejected(String status, String answer) {
            this(status, answer, 0);
        }
    }
}
