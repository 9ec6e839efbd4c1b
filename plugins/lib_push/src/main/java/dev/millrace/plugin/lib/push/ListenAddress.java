package dev.millrace.plugin.lib.push;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: {@code http://127.0.0.1:12345}, or the same without {@code http://}; without a host, at all addresses.
 *
 * @param scheme {@code http}, {@code https} or {@code udp}; empty where the address has none
 * @param host a host name or address; {@code 0.0.0.0} for all addresses
 * @param port the port
 */
public record ListenAddress(String scheme, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(\\[[0-9a-fA-F:.]+]|[^/:\\[\\]]*):([0-9]{1,5})(/.*)?");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://.*");
    private static final String UDP = "udp";
    private static final List<String> SCHEMES = List.of("http", "https", UDP);
    private static final String EXPECTED = " (expected: such as http://127.0.0.1:12345)";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is not of the form above
     */
    public static ListenAddress parse(String text) {
        Matcher scheme = SCHEME.matcher(text.strip());
        if (scheme.matches() && !SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
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
        String spoken = address.group(1) == null ? "" : address.group(1).toLowerCase(Locale.ROOT);
        return new ListenAddress(spoken, host.isEmpty() ? "0.0.0.0" : host, port);
    }

    /** What contradicts a server of HTTP that has, or has no, encryption; empty where nothing does. */
    public Optional<String> contradiction(String text, boolean encrypted) {
        if (isUdp()) {
            return Optional.of("'" + text + "' is for datagrams" + EXPECTED);
        }
        if (scheme.equals("https") && !encrypted) {
            return Optional.of("'" + text + "' without Tls (expected: Tls beside it)");
        }
        return scheme.equals("http") && encrypted
                ? Optional.of("'" + text + "' with Tls (expected: https://)")
                : Optional.empty();
    }

    /** Whether datagrams are received there. */
    public boolean isUdp() {
        return scheme.equals(UDP);
    }

    /** The address for a socket; a name is looked up. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }
}
