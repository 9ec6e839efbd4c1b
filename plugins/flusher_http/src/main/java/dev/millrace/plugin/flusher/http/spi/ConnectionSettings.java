package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.ProxySettings;
import dev.millrace.spi.http.TlsSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of connections, which stand under {@code Http}. Some may stand beside it instead, as in iLogtail.
 *
 * @param tls how connections are encrypted
 * @param proxy what they go through
 * @param connectTimeout how long a connection may take, handshakes included
 * @param timeout how long a request may take, to the last byte of the answer
 * @param maxConnsPerHost the largest number of connections to one host
 * @param maxIdleConnsPerHost how many of these are kept when nothing is sent
 * @param idleConnTimeout how long an unused connection is kept
 */
public record ConnectionSettings(
        @Doc("How connections are encrypted, where the URL says https.")
        Optional<TlsSettings> tls,

        @Doc("The proxy that connections go through.") Optional<ProxySettings> proxy,

        @Doc(
                value = "How long a connection may take, handshakes included; 10s, or Timeout where that is shorter.",
                example = "5s")
        Optional<Duration> connectTimeout,

        @Doc(value = "As the key Timeout beside Http.", example = "30s")
        Optional<Duration> timeout,

        @Doc(value = "As the key MaxConnsPerHost beside Http.", example = "20")
        Optional<Integer> maxConnsPerHost,

        @Doc(value = "As the key MaxIdleConnsPerHost beside Http.", example = "10")
        Optional<Integer> maxIdleConnsPerHost,

        @Doc(value = "As the key IdleConnTimeout beside Http.", example = "60s")
        Optional<Duration> idleConnTimeout) {
    /** No options. */
    public static final ConnectionSettings NONE = new ConnectionSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public ConnectionSettings {
        checkPositive("connectTimeout", connectTimeout);
        checkPositive("timeout", timeout);
        checkPositive("idleConnTimeout", idleConnTimeout);
        checkAtLeast("maxConnsPerHost", maxConnsPerHost, 1);
        checkAtLeast("maxIdleConnsPerHost", maxIdleConnsPerHost, 0);
    }

    /** Checks a duration. */
    static void checkPositive(String component, Optional<Duration> value) {
        if (value.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
            throw new InvalidOptionException(component, value.get().toMillis() + " ms (expected: > 0)");
        }
    }

    /** Checks a number. */
    static void checkAtLeast(String component, Optional<Integer> value, int least) {
        if (value.filter(number -> number < least).isPresent()) {
            throw new InvalidOptionException(component, value.get() + " (expected: >= " + least + ")");
        }
    }
}
