package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A server that passes requests on.
 *
 * @param address where it is
 * @param authorization the value of {@code Proxy-Authorization}
 * @param tunnelHeaders further header fields of a request for a tunnel
 */
record Proxy(Destination address, Optional<String> authorization, HttpHeaders tunnelHeaders) {
    /**
     * Reads {@code http://user:password@host:port}, or, as in variables of the environment, without {@code http://}.
     *
     * @throws IllegalArgumentException if it is no such URL; the message does not repeat it, since it may hold a password
     */
    @SuppressWarnings("UnusedException")
    static Proxy parse(String url) {
        String whole = url.contains("://") ? url : "http://" + url;
        if (!whole.toLowerCase(Locale.ROOT).startsWith("http://")) {
            throw new IllegalArgumentException(
                    "scheme '" + whole.substring(0, whole.indexOf("://")) + "' (expected: http://host:port)");
        }
        try {
            String authority = URI.create(whole).getRawAuthority();
            int at = authority == null ? -1 : authority.lastIndexOf('@');
            String host = authority == null ? "" : authority.substring(at + 1);
            Destination address = Destination.of(URI.create("http://" + host));
            Optional<String> authorization = at < 0 ? Optional.empty() : Optional.of(basic(authority.substring(0, at)));
            return new Proxy(address, authorization, HttpHeaders.EMPTY);
        } catch (IllegalArgumentException | HttpConfigurationException e) {
            throw new IllegalArgumentException("not the URL of a proxy (expected: http://host:port)");
        }
    }

    /** The same proxy, whose requests for a tunnel have further header fields. */
    Proxy with(HttpHeaders headers) {
        return new Proxy(address, authorization, headers);
    }

    /* RFC 7617; in a URL, both parts may have escapes. */
    private static String basic(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    /** {@code host:port}. */
    @Override
    public String toString() {
        return address.toString();
    }
}
