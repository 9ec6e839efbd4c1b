package dev.millrace.spi.http;

import java.time.Duration;

/**
 * How a client uses connections.
 *
 * @param connectTimeout how long a connection may take, handshakes included
 * @param maxConnectionsPerHost the largest number of connections to one host; requests beyond it wait
 * @param maxIdleConnectionsPerHost how many of these are kept when nothing is sent
 * @param idleTimeout how long an unused connection is kept
 * @param tls how connections are encrypted, where the URL says {@code https}
 * @param proxy what they go through
 * @param followRedirects whether the client follows redirects, as {@link HttpClient} says; otherwise they are answers
 */
public record HttpClientSettings(
        Duration connectTimeout,
        int maxConnectionsPerHost,
        int maxIdleConnectionsPerHost,
        Duration idleTimeout,
        TlsSettings tls,
        ProxySettings proxy,
        boolean followRedirects) {
    /** 10 seconds to connect, 50 connections for each host, idle ones kept for 90 seconds; no proxy. */
    public static final HttpClientSettings DEFAULT =
            new HttpClientSettings(Duration.ofSeconds(10), 50, 50, Duration.ofSeconds(90));

    public HttpClientSettings {
        if (maxConnectionsPerHost < 1 || maxIdleConnectionsPerHost < 0) {
            throw new IllegalArgumentException("maxConnectionsPerHost: " + maxConnectionsPerHost
                    + ", maxIdleConnectionsPerHost: " + maxIdleConnectionsPerHost + " (expected: >= 1, >= 0)");
        }
    }

    /** Settings with the JVM's own authorities, without a certificate of the client's and without a proxy. */
    public HttpClientSettings(
            Duration connectTimeout, int maxConnectionsPerHost, int maxIdleConnectionsPerHost, Duration idleTimeout) {
        this(
                connectTimeout,
                maxConnectionsPerHost,
                maxIdleConnectionsPerHost,
                idleTimeout,
                TlsSettings.DEFAULT,
                ProxySettings.NONE);
    }

    /** Settings of a client that follows redirects. */
    public HttpClientSettings(
            Duration connectTimeout,
            int maxConnectionsPerHost,
            int maxIdleConnectionsPerHost,
            Duration idleTimeout,
            TlsSettings tls,
            ProxySettings proxy) {
        this(connectTimeout, maxConnectionsPerHost, maxIdleConnectionsPerHost, idleTimeout, tls, proxy, true);
    }

    /** The same settings with another encryption. */
    public HttpClientSettings with(TlsSettings other) {
        return new HttpClientSettings(
                connectTimeout,
                maxConnectionsPerHost,
                maxIdleConnectionsPerHost,
                idleTimeout,
                other,
                proxy,
                followRedirects);
    }

    /** The same settings with another proxy. */
    public HttpClientSettings with(ProxySettings other) {
        return new HttpClientSettings(
                connectTimeout,
                maxConnectionsPerHost,
                maxIdleConnectionsPerHost,
                idleTimeout,
                tls,
                other,
                followRedirects);
    }

    /** The same settings, with redirects followed or not. */
    public HttpClientSettings withRedirects(boolean followed) {
        return new HttpClientSettings(
                connectTimeout, maxConnectionsPerHost, maxIdleConnectionsPerHost, idleTimeout, tls, proxy, followed);
    }
}
