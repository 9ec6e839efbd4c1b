package dev.millrace.plugin.service.http;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: {@code http://127.0.0.1:12345}, or the same without {@code http://}; without a host, at all addresses.
 *
 * @param host a host name or address; {@code 0.0.0.0} for all addresses
 * @param port the port
 */
record ListenAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(\\[[0-9a-fA-F:.]+]|[^/:\\[\\]]*):([0-9]{1,5})(/.*)?");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://.*");
    private static final String EXPECTED = " (expected: such as http://127.0.0.1:12345)";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is not of the form above
     */
    static ListenAddress parse(String text) {
        Matcher scheme = SCHEME.matcher(text.strip());
        if (scheme.matches() && !scheme.group(1).equalsIgnoreCase("http")) {
            throw new IllegalArgumentException("'" + text + "': " + scheme.group(1) + " is not supported" + EXPECTED);
        }
        Matcher address = FORM.matcher(text.strip());
        if (!address.matches()) {
            throw new IllegalArgumentException("'" + text + "'" + EXPECTED);
        }
        String path = address.group(4);
        if (path != null && !path.equals("/")) {
            throw new IllegalArgumentException("'" + text + "': " + path + " in the address (expected: under Path)");
        }
        int port = Integer.parseInt(address.group(3));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + text + "': port " + port + " (expected: 1..65535)");
        }
        String host = address.group(2);
        return new ListenAddress(host.isEmpty() ? "0.0.0.0" : host, port);
    }

    /** The address for a socket; a name is looked up. */
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }
}
