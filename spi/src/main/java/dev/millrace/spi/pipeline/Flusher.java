package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;
import java.util.concurrent.CompletionStage;

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

    /** The largest slice it takes. */
    default SliceLimits limits() {
        return SliceLimits.DEFAULT;
    }
}
