package dev.millrace.spi.pipeline;

import dev.millrace.spi.Component;
import dev.millrace.spi.event.EventBatch;
import java.util.List;

/**
 * Gathers batches into others, the last station before the journal.
 *
 * <p>The host calls it from one thread at a time, and calls {@link #flush()} at least every three seconds. The inputs of
 * all batches added since the last result are acknowledged when that result is committed.
 */
public interface Aggregator extends Component {
    /**
     * Takes a batch, and returns either nothing, which is the rule, or all that was gathered: what stayed behind would be
     * acknowledged with the result and could be lost.
     */
    List<EventBatch> add(EventBatch batch) throws Exception;

    /** Returns all that was gathered. */
    List<EventBatch> flush() throws Exception;
}
