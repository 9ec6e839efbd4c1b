package dev.millrace.core.transport;

import java.net.InetSocketAddress;

/** A handler at its address and path, until it is closed. Thread-safe. */
public interface Registration extends AutoCloseable {
    /** The address of the socket, with the real port where port 0 was asked for. */
    InetSocketAddress address();

    /**
     * Takes the handler away; requests that it has begun are finished. Where it had replaced another handler of the same
     * owner that is not closed yet, that one serves again. Closes the socket when no handler is left.
     */
    @Override
    void close();
}
