package dev.millrace.core.config;

import dev.millrace.spi.config.Doc;

/** What happens when a flusher is at a limit of the journal. */
@Doc("What happens when the flusher is at a limit of the journal.")
public enum WhenFull {
    /** Inputs are told to wait. */
    REFUSE,
    /** The flusher's oldest items are dropped. */
    DROP_OLDEST
}
