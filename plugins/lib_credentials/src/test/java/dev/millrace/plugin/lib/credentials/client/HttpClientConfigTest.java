package dev.millrace.plugin.lib.credentials.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.ProxySettings;
import dev.millrace.spi.http.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class HttpClientConfigTest {
    private static final Optional<Path> FILE = Optional.of(Path.of("/a/file"));

    @Test
    void meansTheSettingsOfAClient() {
        TlsConfig tls = new TlsConfig(
                Optional.of("PEM"),
                Optional.empty(),
                Optional.empty(),
                FILE,
                Optional.empty(),
                FILE,
                Optional.of("host"),
                true,
                "TLS13",
                new Ignored());
        ProxyConfig proxy = new ProxyConfig(
                Optional.of(new Secret("http://gateway:1")),
                Optional.of("a.example, 10.0.0.0/8,"),
                false,
                Map.of("X-Tenant", List.of(new Secret("me"))));
        HttpClientSettings settings = new HttpClientConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(tls),
                        proxy,
                        false,
                        new Ignored(),
                        Map.of())
                .settings(HttpClientSettings.DEFAULT);

        assertThat(settings.tls())
                .isEqualTo(new TlsSettings(
                        Optional.of("PEM"),
                        Optional.empty(),
                        Optional.empty(),
                        FILE,
                        Optional.empty(),
                        FILE,
                        Optional.empty(),
                        Optional.of("host"),
                        true,
                        TlsSettings.Version.TLS13));
        assertThat(settings.proxy())
                .isEqualTo(new ProxySettings(
                        Optional.of(new Secret("http://gateway:1")),
                        List.of("a.example", "10.0.0.0/8", "localhost", "127.0.0.0/8", "::1"),
                        false,
                        Map.of("X-Tenant", List.of(new Secret("me")))));
        assertThat(settings.followRedirects()).isFalse();
        assertThat(HttpClientConfig.DEFAULT.settings(HttpClientSettings.DEFAULT))
                .isEqualTo(HttpClientSettings.DEFAULT);
    }

    @Test
    void refusesWhatContradictsItself() {
        refuses(
                "password",
                "beside password_file (expected: one of them)",
                () -> new BasicAuth(Optional.of("me"), Optional.empty(), Optional.of(new Secret("x")), FILE));
        refuses(
                "username",
                "a colon (expected: none, because it would begin the password)",
                () -> BasicAuth.of("a:b", ""));
        refuses(
                "credentials",
                "neither it nor credentials_file is given (expected: one of them)",
                () -> token("Bearer"));
        refuses("type", "Basic (expected: basic_auth beside authorization)", () -> token("Basic"));
        refuses(
                "noProxy",
                "no proxy_url beside it (expected: both, or none)",
                () -> new ProxyConfig(Optional.empty(), Optional.of("a"), false, Map.of()));
        refuses(
                "proxyUrl",
                "scheme: socks5 (expected: http://host:port)",
                () -> new ProxyConfig(
                        Optional.of(new Secret("socks5://gateway:1")), Optional.empty(), false, Map.of()));
        refuses("httpHeaders", "'host' (expected: none that another key or the client sets)", () -> headers("host"));
        assertThatThrownBy(() -> HttpClientConfig.DEFAULT
                        .with(BasicAuth.of("me", "pw"))
                        .with(new Authorization("Bearer", Optional.of(new Secret("x")), Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("several of authorization, basic_auth, oauth2, bearer_token and bearer_token_file"
                        + " (expected: at most one)");
    }

    private static Authorization token(String type) {
        return new Authorization(type, Optional.empty(), Optional.empty());
    }

    static HttpClientConfig headers(String name, String... values) {
        return new HttpClientConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ProxyConfig.NONE,
                true,
                new Ignored(),
                Map.of(name, new HeaderConfig(List.of(values), List.of(), List.of())));
    }

    private static void refuses(String component, String message, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component))
                .hasMessage(message);
    }
}
