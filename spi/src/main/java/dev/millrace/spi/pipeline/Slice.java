package dev.millrace.spi.pipeline;

import dev.millrace.spi.event.EventBatch;
import java.util.concurrent.CompletionStage;

/**
 * The content of one request: a view on rows of batches, in the order in which they are to be sent.
 *
 * <p>Rows of one series stand in the order of the journal and, within it, by timestamp. A slice that is sent again has
 * the same rows in the same order. Immutable, and valid until the outcome is known.
 */
public interface Slice {
    /** The number of rows, at least one. */
    int size();

    /** The batch that holds the row at {@code index}. All batches of a slice are of one kind. */
    EventBatch batch(int index);

    /** The number of the row at {@code index} in its batch. */
    int row(int index);

    /** How often it was sent before in this run of the process. */
    int attempt();

    /** Whether it may have been sent before, so that a destination may hold it already. */
    boolean repeated();

    /**
     * Writes down, beside the cursor, that these rows are about to be sent. Only when the stage completes may the
     * request leave, so that after a crash exactly the same request comes first.
     *
     * @param protocol the format and version of the body
     * @param bodyChecksum a checksum of the body before compression
     */
    CompletionStage<Void> record(String protocol, int bodyChecksum);
}
