package dev.millrace.core.delivery;

import dev.millrace.spi.config.Doc;

/** What happens when a flusher has used up its share of the journal. */
@Doc("What happens when the flusher has used up its share of the journal.")
public enum WhenFull {
    /** Inputs are told to wait. */
    REFUSE,
    /** The flusher's oldest items are dropped. Not available yet. */
    DROP_OLDEST
}
