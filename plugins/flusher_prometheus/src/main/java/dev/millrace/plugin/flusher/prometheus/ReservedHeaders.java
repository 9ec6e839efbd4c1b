package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.config.InvalidOptionException;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields that a user can not set, because remote write, HTTP or the signing of requests prescribes them: those
 * that Prometheus refuses too, and those that frame a message. {@code Authorization} may be set where no authenticator sets it.
 */
final class ReservedHeaders {
    private static final Set<String> NAMES = Set.of(
            "host",
            "content-encoding",
            "content-length",
            "content-type",
            "user-agent",
            "connection",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate",
            "accept-encoding",
            "x-prometheus-remote-write-version",
            "x-prometheus-remote-read-version",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-content-sha256");

    private ReservedHeaders() {}

    /**
     * Checks the name of a field.
     *
     * @throws InvalidOptionException for the record's component {@code component}, if the field is reserved
     */
    static void check(String component, String name) {
        if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidOptionException(
                    component,
                    (component.equals("http") ? "Headers: " : "") + "'" + name
                            + "' (expected: none of those that remote write, HTTP or an authenticator prescribes, because"
                            + " a receiver reads from them what a request is and who sent it)");
        }
    }
}
