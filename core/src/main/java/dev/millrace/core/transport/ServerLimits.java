package dev.millrace.core.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a listener grants its clients.
 *
 * @param maxHeaderBytes the largest header of a request, and the longest request line; beyond it the answer is 431 or 414
 * @param maxConnections the largest number of connections to one listener; one more is answered with 503 and closed
 * @param maxStreams the largest number of requests at a time on one connection of HTTP/2
 * @param idleTimeout how long a connection may stay without a complete request header
 * @param readTimeout how long a client may take for the rest of a request's header, or send nothing in the middle of its body
 * @param writeTimeout how long a client may take nothing in the middle of an answer
 * @param answerTimeout how long a handler may take to answer a request that is complete; then the answer is 503
 * @param drainTimeout how long a closed listener waits for requests in flight
 * @param slowestBytesPerSecond what a client has to send of a body in a second, when it was waited for longer than readTimeout
 */
public record ServerLimits(
        int maxHeaderBytes,
        int maxConnections,
        int maxStreams,
        Duration idleTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        Duration answerTimeout,
        Duration drainTimeout,
        long slowestBytesPerSecond) {
    private static final long SLOWEST = 1024;

    /** 32 KiB of header, 4,096 connections, 128 streams on each, 2 minutes idle, 30 seconds to read or write, a minute to answer, 5 seconds to drain. */
    public static final ServerLimits DEFAULT = new ServerLimits(
            32 * 1024,
            4096,
            128,
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));

    /** Limits whose slowest client sends a kilobyte in a second. */
    public ServerLimits(
            int maxHeaderBytes,
            int maxConnections,
            int maxStreams,
            Duration idleTimeout,
            Duration readTimeout,
            Duration writeTimeout,
            Duration answerTimeout,
            Duration drainTimeout) {
        this(
                maxHeaderBytes,
                maxConnections,
                maxStreams,
                idleTimeout,
                readTimeout,
                writeTimeout,
                answerTimeout,
                drainTimeout,
                SLOWEST);
    }

    /** How long a client may take for a header that has begun. */
    Duration headerTimeout() {
        return readTimeout.compareTo(idleTimeout) < 0 ? readTimeout : idleTimeout;
    }

    /** How long a client may be waited for until so many bytes of a body have come, in nanoseconds. */
    long patienceNanos(long receivedBytes) {
        return readTimeout.toNanos() + TimeUnit.SECONDS.toNanos(receivedBytes / slowestBytesPerSecond);
    }
}
