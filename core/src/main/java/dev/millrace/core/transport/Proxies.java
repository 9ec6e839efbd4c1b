package dev.millrace.core.transport;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.ProxySettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which proxy is used on the way to which destination. Immutable. */
final class Proxies {
    /** No proxy for any destination. */
    static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), new DirectHosts(List.of()), false);

    private final Optional<Proxy> forPlain;
    private final Optional<Proxy> forTls;
    private final DirectHosts direct;
    private final boolean directToSelf;

    private Proxies(Optional<Proxy> forPlain, Optional<Proxy> forTls, DirectHosts direct, boolean directToSelf) {
        this.forPlain = forPlain;
        this.forTls = forTls;
        this.direct = direct;
        this.directToSelf = directToSelf;
    }

    /**
     * The proxies of a client.
     *
     * @param environment gives the value of a variable, or null
     * @throws IllegalArgumentException if settings or variables can not be read, in words for a person
     */
    static Proxies of(ProxySettings settings, UnaryOperator<String> environment) {
        HttpHeaders headers = headers(settings);
        if (settings.fromEnvironment()) {
            String direct = variable(environment, "NO_PROXY").orElse("");
            return new Proxies(
                    proxy(environment, "HTTP_PROXY").map(any -> any.with(headers)),
                    proxy(environment, "HTTPS_PROXY").map(any -> any.with(headers)),
                    new DirectHosts(List.of(direct.split("[,\\s]+", -1))),
                    true);
        }
        Optional<Proxy> proxy =
                settings.url().map(url -> Proxy.parse(url.reveal()).with(headers));
        return proxy.isEmpty() ? NONE : new Proxies(proxy, proxy, new DirectHosts(settings.noProxy()), false);
    }

    private static HttpHeaders headers(ProxySettings settings) {
        HttpHeaders headers = HttpHeaders.EMPTY;
        for (Map.Entry<String, List<Secret>> field : settings.connectHeaders().entrySet()) {
            for (Secret value : field.getValue()) {
                headers = headers.plus(field.getKey(), value.reveal());
            }
        }
        return headers;
    }

    private static Optional<Proxy> proxy(UnaryOperator<String> environment, String name) {
        return variable(environment, name).map(url -> {
            try {
                return Proxy.parse(url);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("environment variable " + name + ": " + e.getMessage(), e);
            }
        });
    }

    /** A variable under its name or its lower-case name; an empty one counts as absent. */
    @SuppressWarnings("NullAway") // a variable may be absent
    private static Optional<String> variable(UnaryOperator<String> environment, String name) {
        return Optional.ofNullable(environment.apply(name))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.apply(name.toLowerCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The proxy on the way to a destination. */
    Optional<Proxy> to(Destination destination) {
        Optional<Proxy> proxy = destination.tls() ? forTls : forPlain;
        return proxy.filter(any -> !direct.contains(destination) && !(directToSelf && isSelf(destination)));
    }

    private static boolean isSelf(Destination destination) {
        if (destination.host().equalsIgnoreCase("localhost")) {
            return true;
        }
        byte[] address = io.netty.util.NetUtil.createByteArrayFromIpAddressString(destination.host());
        return address != null && isLoopback(address);
    }

    private static boolean isLoopback(byte[] address) {
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }
}
