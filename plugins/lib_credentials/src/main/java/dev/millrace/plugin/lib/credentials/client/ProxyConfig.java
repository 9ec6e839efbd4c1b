package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.http.ProxySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link ProxySettings} with the keys of Prometheus, which stand beside those of the client.
 *
 * @param proxyUrl the proxy
 * @param noProxy hosts that are connected to directly, with commas between them
 * @param proxyFromEnvironment whether the variables of the environment say it
 * @param proxyConnectHeader header fields of the request for a tunnel
 */
@SnakeCase
public record ProxyConfig(
        @Doc(
                value = "The proxy: http://host:port or http://user:password@host:port; never printed.",
                example = "http://gateway.example.com:8080")
        Optional<Secret> proxyUrl,

        @Doc(
                value =
                        "Hosts that are connected to directly, and this host itself: names, addresses, networks, with commas.",
                example = "'.example.com,10.0.0.0/8'")
        Optional<String> noProxy,

        @Doc("Whether the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY say it.") @Default("false")
        boolean proxyFromEnvironment,

        @Doc(
                value = "Header fields of the request for a tunnel through the proxy; their values are never printed.",
                example = "{X-Tenant: [monitoring]}")
        Map<String, List<Secret>> proxyConnectHeader) {
    /** No proxy. */
    public static final ProxyConfig NONE = new ProxyConfig(Optional.empty(), Optional.empty(), false, Map.of());

    /** As in Prometheus, these are not asked of a proxy where some others are not. */
    private static final List<String> SELF = List.of("localhost", "127.0.0.0/8", "::1");

    public ProxyConfig {
        proxyUrl = proxyUrl.filter(url -> !url.reveal().isEmpty());
        noProxy = noProxy.filter(hosts -> !hosts.isEmpty());
        Map<String, List<Secret>> headers = new LinkedHashMap<>();
        proxyConnectHeader.forEach((name, values) -> headers.put(name, List.copyOf(values)));
        proxyConnectHeader = Collections.unmodifiableMap(headers);
        if (proxyFromEnvironment && (proxyUrl.isPresent() || noProxy.isPresent())) {
            throw new InvalidOptionException(
                    "proxyFromEnvironment",
                    "true beside proxy_url or no_proxy (expected: either the variables or these keys)");
        }
        if (noProxy.isPresent() && proxyUrl.isEmpty()) {
            throw new InvalidOptionException("noProxy", "no proxy_url beside it (expected: both, or none)");
        }
        if (!proxyConnectHeader.isEmpty() && proxyUrl.isEmpty() && !proxyFromEnvironment) {
            throw new InvalidOptionException(
                    "proxyConnectHeader", "no proxy_url beside it (expected: a proxy that is told them)");
        }
        check(proxyUrl);
    }

    private static void check(Optional<Secret> url) {
        try {
            var unused = new ProxySettings(url, List.of(), false);
        } catch (InvalidOptionException e) {
            InvalidOptionException here = new InvalidOptionException("proxyUrl", String.valueOf(e.getMessage()));
            here.initCause(e);
            throw here;
        }
    }

    /** The settings that they mean. */
    public ProxySettings settings() {
        List<String> direct = noProxy.map(hosts -> Stream.concat(
                                Stream.of(hosts.split(",", -1)).map(String::strip), SELF.stream())
                        .filter(host -> !host.isEmpty())
                        .toList())
                .orElse(List.of());
        return new ProxySettings(proxyUrl, direct, proxyFromEnvironment, proxyConnectHeader);
    }
}
