package dev.millrace.core.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A handler at its address and path, until it is closed. Thread-safe. */
public interface Registration extends AutoCloseable {
    /** The address of the socket, with the real port where port 0 was asked for. */
    InetSocketAddress address();

    /**
     * Takes the handler away as {@link #close} does; completes when it has answered all that it was called for. Where it
     * had been closed before, the same.
     */
    CompletableFuture<Void> end();

    /**
     * Takes the handler away; requests that it has begun are finished. Where it had replaced another handler of the same
     * owner that is not closed yet, that one serves again. Closes the socket when no handler is left.
     */
    @Override
    void close();
}
