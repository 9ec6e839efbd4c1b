package dev.millrace.spi.http;

import java.time.Duration;

/**
 * How a client uses connections.
 *
 * @param connectTimeout how long a connection may take, handshakes included
 * @param maxConnectionsPerHost the largest number of connections to one host; requests beyond it wait
 * @param maxIdleConnectionsPerHost how many of these are kept when nothing is sent
 * @param idleTimeout how long an unused connection is kept
 */
public record HttpClientSettings(
        Duration connectTimeout, int maxConnectionsPerHost, int maxIdleConnectionsPerHost, Duration idleTimeout) {
    /** 10 seconds to connect, 50 connections for each host, idle ones kept for 90 seconds. */
    public static final HttpClientSettings DEFAULT =
            new HttpClientSettings(Duration.ofSeconds(10), 50, 50, Duration.ofSeconds(90));

    public HttpClientSettings {
        if (maxConnectionsPerHost < 1 || maxIdleConnectionsPerHost < 0) {
            throw new IllegalArgumentException("maxConnectionsPerHost: " + maxConnectionsPerHost
                    + ", maxIdleConnectionsPerHost: " + maxIdleConnectionsPerHost + " (expected: >= 1, >= 0)");
        }
    }
}
