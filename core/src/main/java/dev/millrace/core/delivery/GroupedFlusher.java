package dev.millrace.core.delivery;

import dev.millrace.spi.pipeline.Flusher;
import java.util.function.Supplier;

/**
 * A flusher that says where it is to be asked for groups, as the thread of a delivery must not wait for a plugin for ever,
 * and counts what it did wrong. One that says nothing is asked at once, and not counted.
 */
public interface GroupedFlusher extends Flusher {
    /**
     * Asks questions about many rows, which call {@link #group}.
     *
     * @throws RuntimeException if there is no answer in time; the delivery ends with it
     */
    default <T> T ask(Supplier<T> questions) {
        return questions.get();
    }

    /** The groups of some rows could not be told. */
    default void groupsFailed(String problem) {}

    /** A call of {@link #send} had no outcome by its deadline, and counts for nothing any more. */
    default void sendGivenUp() {}
}
