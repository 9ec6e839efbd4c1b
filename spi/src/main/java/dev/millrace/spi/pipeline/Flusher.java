package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;
import dev.millrace.spi.event.EventBatch;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A destination: it sends one slice at a time for each lane, and says what became of it.
 *
 * <p>Batching, order, concurrency, retries, backoff, the queue on disk and all counters are the host's. Thread-safe:
 * lanes call it in parallel. It is called on a worker, encodes there, and waits for nothing.
 */
public interface Flusher extends Component {
    /**
     * Sends a slice. A failed stage, or an exception, counts as {@link Outcome.Retry}.
     *
     * <p>Before the request leaves, a flusher that sends over a network calls {@link Slice#record} and waits for it.
     */
    CompletionStage<Outcome> send(Slice slice);

    /**
     * What a row has in common with those that may be sent in one slice with it, such as the tenant that owns it. Rows of
     * one group, by {@code equals} and {@code hashCode}, stand in one slice with others between them left out; rows of one
     * series are of one group. Called by the host for each row, and to return at once.
     *
     * @return null for every row where it does not matter, else a group for every row
     */
    default @Nullable Object group(EventBatch batch, int row) {
        return null;
    }

    /** The largest slice it takes. */
    default SliceLimits limits() {
        return SliceLimits.DEFAULT;
    }
}
