package dev.millrace.plugin.flusher.http.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers by which a server refuses the connection, not what was sent over it: they say 400, as to a bad request, but
 * hold for every request until a person changes something.
 *
 * <pre>
 * text                                             of
 * No required SSL certificate was sent             nginx
 * The SSL certificate error                        nginx
 * The plain HTTP request was sent to HTTPS port    nginx
 * Client sent an HTTP request to an HTTPS server   servers in Go
 * speaking plain HTTP to an SSL-enabled            Apache
 * </pre>
 */
final class ConnectionRefusal {
    private static final String NOT_HTTPS = " (is the URL https:// and not http://?)";

    private static final Map<String, String> REMEDIES = Map.of(
            "no required ssl certificate was sent",
                    " (the server demands a client certificate, of an authority that it trusts: Http.Tls.CertFile)",
            "the ssl certificate error",
                    " (the server does not accept the client certificate: check Http.Tls.CertFile)",
            "the plain http request was sent to https port", NOT_HTTPS,
            "client sent an http request to an https server", NOT_HTTPS,
            "speaking plain http to an ssl-enabled", NOT_HTTPS);

    private ConnectionRefusal() {}

    /** What to do about it; empty where the answer is about the request. */
    static Optional<String> remedy(int status, String text) {
        if (status != 400) {
            return Optional.empty();
        }
        String words = text.toLowerCase(Locale.ROOT);
        return REMEDIES.entrySet().stream()
                .filter(known -> words.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
