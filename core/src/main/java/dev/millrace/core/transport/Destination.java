package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import java.net.URI;

/**
 * Where a client connects to.
 *
 * @param tls whether the connection is encrypted
 * @param host a name or an IP address, without brackets
 * @param port the port
 */
record Destination(boolean tls, String host, int port) {
    /**
     * The destination of a URI. Reads the authority itself, because {@link URI#getHost()} knows no names with an
     * underscore, which are common among containers.
     */
    static Destination of(URI uri) throws HttpConfigurationException {
        String scheme = uri.getScheme();
        boolean tls = "https".equalsIgnoreCase(scheme);
        if (!tls && !"http".equalsIgnoreCase(scheme)) {
            throw new HttpConfigurationException(
                    "URL: scheme '" + (scheme == null ? "" : scheme) + "' (expected: http or https)");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new HttpConfigurationException("URL: no host (expected: " + scheme + "://host/path)");
        }
        if (authority.indexOf('@') >= 0) {
            throw new HttpConfigurationException("URL: it has a user or password before the host, which is not used"
                    + " (expected: credentials in an authenticator)");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String port = hasPort ? authority.substring(colon + 1) : "";
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new HttpConfigurationException("URL: no host (expected: " + scheme + "://host/path)");
        }
        return new Destination(tls, host, port(port, tls));
    }

    private static int port(String text, boolean tls) throws HttpConfigurationException {
        if (text.isEmpty()) {
            return tls ? 443 : 80;
        }
        int number = 0;
        for (int i = 0; i < text.length() && number <= 65535; i++) {
            char digit = text.charAt(i);
            number = digit < '0' || digit > '9' ? Integer.MAX_VALUE : number * 10 + digit - '0';
        }
        if (number < 1 || number > 65535) {
            throw new HttpConfigurationException("URL: port '" + text + "' (expected: 1 to 65535)");
        }
        return number;
    }

    /** The value of {@code Host}: without the port where it is the scheme's own. */
    String authority() {
        return port == (tls ? 443 : 80) ? bracketed() : toString();
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@code host:port}, for messages. */
    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
