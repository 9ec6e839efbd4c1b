package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Acknowledgement;

/**
 * A batch that waits for its commit.
 *
 * @param batch the batch, with at least one row
 * @param acknowledgement who is to be told
 * @param waiting whether a client waits
 * @param bytes the estimated memory of the batch
 * @param since when it came, by {@link System#nanoTime}
 */
record Pending(EventBatch batch, Acknowledgement acknowledgement, boolean waiting, long bytes, long since) {}
