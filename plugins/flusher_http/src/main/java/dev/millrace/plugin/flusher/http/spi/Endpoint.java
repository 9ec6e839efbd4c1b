package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.InvalidOptionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a destination. Its text leaves the query out, which may hold a token; user and password it never has.
 *
 * @param uri an absolute URI with a host, of the scheme {@code http} or {@code https}; of another one it is no destination
 *     that can be reached, which {@link #fault} says
 */
public record Endpoint(URI uri) {
    private static final String EXPECTED = " (expected: a URL that begins with http:// or https://)";
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:");

    public Endpoint {
        String problem = problem(uri);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * Reads an option.
     *
     * @param component the name of the record component that holds the text, for the error
     * @throws InvalidOptionException if the text is not the URL of an endpoint; the message repeats no password and no query
     */
    @SuppressWarnings("UnusedException") // its message repeats the text, which may hold a password
    public static Endpoint parse(String component, String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            if (!SCHEME.matcher(text.strip()).find()) {
                throw new InvalidOptionException(component, "no scheme" + EXPECTED);
            }
            throw new InvalidOptionException(
                    component, e.getReason() + " at character " + (e.getIndex() + 1) + " (expected: a URL)");
        }
        String problem = problem(uri);
        if (problem != null) {
            throw new InvalidOptionException(component, problem);
        }
        return new Endpoint(uri);
    }

    private static @Nullable String problem(URI uri) {
        if (uri.getScheme() == null) {
            return withoutScheme(uri.toString()) + EXPECTED;
        }
        if (uri.isOpaque() && !isHttp(uri)) {
            return "scheme: " + uri.getScheme() + EXPECTED;
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            return "user in the URL (expected: no user and password here, but Authenticator: {Type: ext_basicauth})";
        }
        if (uri.getHost() == null) {
            return "no host in the URL (expected: such as http://localhost:9090/path)";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            return "port: " + uri.getPort() + " (expected: 1..65535)";
        }
        if (uri.getRawFragment() != null) {
            return "'#' in the URL (expected: none, or written as %23)";
        }
        return null;
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Why nothing can be sent there, as by a scheme that nobody speaks. Whoever sends all the same is held. */
    public Optional<String> fault() {
        return isHttp(uri) ? Optional.empty() : Optional.of("scheme: " + uri.getScheme() + EXPECTED);
    }

    /* What is before an '@' may be a password. */
    private static String withoutScheme(String text) {
        boolean user = text.contains("@") || text.contains("%40");
        return user ? "no scheme" : "'" + text.replaceFirst("([?#]).*", "$1<redacted>") + "'";
    }

    /** The URL without its query. */
    @Override
    public String toString() {
        return uri.getScheme()
                + "://"
                + uri.getRawAuthority()
                + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?<redacted>");
    }
}
