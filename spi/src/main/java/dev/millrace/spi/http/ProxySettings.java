package dev.millrace.spi.http;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that a client goes through; also the options of a plugin, under a key such as {@code Proxy}. Requests of
 * {@code https} go through a tunnel ({@code CONNECT}), those of {@code http} are made at the proxy.
 *
 * @param url {@code http://host:port} or {@code http://user:password@host:port}
 * @param noProxy hosts that are connected to directly, in the form of the variable {@code NO_PROXY}: a name (which stands
 *     for those that end in {@code .name}, too), {@code .name} (for these alone), an address, a network such as
 *     {@code 10.0.0.0/8}, each with or without {@code :port}; or {@code *}
 * @param fromEnvironment whether both come from the variables {@code HTTP_PROXY}, {@code HTTPS_PROXY} and
 *     {@code NO_PROXY} or their lower-case forms; then this host itself is connected to directly
 * @param connectHeaders further header fields of the request for a tunnel, each with its values
 */
@Doc(value = "The proxy that connections go through.", example = """
        Url: http://gateway.example.com:8080
        NoProxy: [localhost]
        """)
public record ProxySettings(
        @Doc(
                value = "The proxy: http://host:port or http://user:password@host:port; never printed.",
                example = "http://gateway.example.com:8080")
        Optional<Secret> url,

        @Doc(
                value = "Hosts that are connected to directly: names, addresses, networks, or '*'.",
                example = "[localhost, .example.com, 10.0.0.0/8]")
        List<String> noProxy,

        @Doc("Whether the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY say it.") @Default("false")
        boolean fromEnvironment,

        @Doc(
                value = "Further header fields of the request for a tunnel; their values are never printed.",
                example = "{X-Tenant: [monitoring]}")
        Map<String, List<Secret>> connectHeaders) {
    /** No proxy. */
    public static final ProxySettings NONE = new ProxySettings(Optional.empty(), List.of(), false);

    public ProxySettings {
        noProxy = List.copyOf(noProxy);
        Map<String, List<Secret>> headers = new LinkedHashMap<>();
        connectHeaders.forEach((name, values) -> headers.put(name, List.copyOf(values)));
        connectHeaders = Collections.unmodifiableMap(headers);
        if (fromEnvironment && (url.isPresent() || !noProxy.isEmpty())) {
            throw new InvalidOptionException(
                    "fromEnvironment", "true beside Url or NoProxy (expected: either the variables or these keys)");
        }
        if (!noProxy.isEmpty() && url.isEmpty()) {
            throw new InvalidOptionException("noProxy", "no Url beside it (expected: both, or none)");
        }
        url.ifPresent(ProxySettings::check);
    }

    /** Settings without header fields of their own. */
    public ProxySettings(Optional<Secret> url, List<String> noProxy, boolean fromEnvironment) {
        this(url, noProxy, fromEnvironment, Map.of());
    }

    /* What stands in a URL of a proxy may be a password, so no message repeats it. */
    @SuppressWarnings("UnusedException")
    private static void check(Secret url) {
        URI uri;
        try {
            uri = new URI(url.reveal());
        } catch (URISyntaxException e) {
            throw new InvalidOptionException("url", "not a URL (expected: http://host:port)");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new InvalidOptionException(
                    "url",
                    uri.getScheme() == null || uri.getHost() == null
                            ? "not a URL (expected: http://host:port)"
                            : "scheme: " + uri.getScheme() + " (expected: http://host:port)");
        }
        if (uri.getHost() == null) {
            throw new InvalidOptionException("url", "no host in it (expected: http://host:port)");
        }
    }
}
