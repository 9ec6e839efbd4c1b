package dev.millrace.plugin.processor.aggregate;

/** What becomes of a sample whose window is closed. */
public enum Late {
    /** It is dropped and counted. */
    DROP,
    /** It counts for the window that is under way. */
    CURRENT
}
