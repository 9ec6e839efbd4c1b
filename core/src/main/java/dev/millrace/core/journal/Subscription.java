package dev.millrace.core.journal;

/** A listener that is registered until it is closed. */
public interface Subscription extends AutoCloseable {
    /** Ends it. A call that is on its way may still arrive. */
    @Override
    void close();
}
