package dev.millrace.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.ProxySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy is taken for which URL. */
final class ProxiesTest {
    private static String proxy(ProxySettings settings, Map<String, String> environment, String url) throws Exception {
        return Proxies.of(settings, environment::get)
                .to(Destination.of(URI.create(url)))
                .map(Proxy::toString)
                .orElse("none");
    }

    private static ProxySettings through(String url, String... direct) {
        return new ProxySettings(Optional.of(new Secret(url)), List.of(direct), false);
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://any.example/, none",
        "example.com, http://example.com/, none",
        "example.com, http://a.EXAMPLE.com/, none",
        "example.com, http://notexample.com/, proxy:3128",
        ".example.com, http://a.example.com/, none",
        ".example.com, http://example.com/, proxy:3128",
        "*.example.com, http://a.example.com/, none",
        "example.com:8080, http://example.com:8080/, none",
        "example.com:8080, http://example.com/, proxy:3128",
        "10.0.0.0/8, http://10.255.1.2/, none",
        "10.0.0.0/8, http://11.0.0.1/, proxy:3128",
        "10.0.0.0/8, http://ten.example/, proxy:3128",
        "10.1.2.3, http://10.1.2.3/, none",
        "::1, http://[::1]:9090/, none",
        "[::1]:9090, http://[::1]:9090/, none",
        "fd00::/8, https://[fd12::1]/, none",
        "fd00::/8, https://[2001:db8::1]/, proxy:3128",
    })
    void hostsOfNoProxyAreConnectedToDirectly(String entry, String url, String expected) throws Exception {
        assertThat(proxy(through("http://proxy:3128", entry), Map.of(), url)).isEqualTo(expected);
    }

    @Test
    void anExplicitProxyIsTakenForThisHostToo() throws Exception {
        assertThat(proxy(through("http://proxy:3128"), Map.of("HTTP_PROXY", "http://x"), "http://localhost/"))
                .isEqualTo("proxy:3128");
        assertThat(proxy(ProxySettings.NONE, Map.of("HTTP_PROXY", "http://x"), "http://a/"))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/, plain:80",
        "https://a.example/, secure:3128",
        "https://direct.example/, none",
        "http://localhost:9090/, none",
        "http://127.0.0.5:9090/, none",
        "https://[::1]/, none",
    })
    void theEnvironmentSaysItIfAsked(String url, String expected) throws Exception {
        assertThat(proxy(
                        new ProxySettings(Optional.empty(), List.of(), true),
                        Map.of(
                                "HTTP_PROXY",
                                "plain",
                                "https_proxy",
                                "http://secure:3128/",
                                "NO_PROXY",
                                "direct.example, x"),
                        url))
                .isEqualTo(expected);
    }

    @Test
    void namesTheVariableThatCanNotBeReadButNotItsValue() {
        assertThatThrownBy(() -> proxy(
                        new ProxySettings(Optional.empty(), List.of(), true),
                        Map.of("HTTPS_PROXY", "socks5://user:hunter2@proxy"),
                        "http://a/"))
                .hasMessage("environment variable HTTPS_PROXY: scheme 'socks5' (expected: http://host:port)");
        assertThatThrownBy(() -> proxy(through("http://proxy", "10.0.0.0/99"), Map.of(), "http://a/"))
                .hasMessage("NoProxy: '10.0.0.0/99' (expected: a name, an address, or a network such as 10.0.0.0/8)");
    }

    @Test
    void readsUserAndPassword() {
        assertThat(Proxy.parse("http://user:p%40ss:w+rd@my_proxy:3128"))
                .isEqualTo(new Proxy(
                        new Destination(false, "my_proxy", 3128),
                        Optional.of("Basic dXNlcjpwQHNzOncrcmQ="),
                        HttpHeaders.EMPTY));
    }
}
