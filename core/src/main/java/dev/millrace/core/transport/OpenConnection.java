package dev.millrace.core.transport;

/** A connection of a client to a listener, as the listener sees it. Thread-safe. */
interface OpenConnection {
    /** A handler came for a path that was vacant, or none will. */
    void proceed();

    /** Closes the connection when it has nothing to do any more. */
    void closeWhenIdle();

    /** Closes the connection. */
    void close();
}
