package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.TlsSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a client of HTTP is set up: the keys that Prometheus' jobs and discoveries have in common. To be held inline.
 *
 * @param authorization a token that is sent
 * @param basicAuth a user and a password that are sent
 * @param oauth2 where tokens come from that are sent
 * @param bearerToken a token that is sent, by an older key
 * @param bearerTokenFile a file with it
 * @param tlsConfig how connections are encrypted
 * @param proxy what they go through
 * @param followRedirects whether redirects are followed
 * @param enableHttp2 not used
 * @param httpHeaders further header fields of each request
 */
@SnakeCase
public record HttpClientConfig(
        @Doc(
                value = "A token that is sent in the field Authorization.",
                example = "{credentials_file: /etc/millrace/token}")
        Optional<Authorization> authorization,

        @Doc(
                value = "The user and the password that are sent.",
                example = "{username: monitoring, password: '${env:SCRAPE_PASSWORD:-secret}'}")
        Optional<BasicAuth> basicAuth,

        @Doc(
                value = "Where the tokens come from that are sent.",
                example =
                        "{client_id: millrace, client_secret: '${env:CLIENT_SECRET:-secret}', token_url: 'https://login.example.com/token'}")
        Optional<OAuth2> oauth2,

        @Doc(value = "A token that is sent; an older form of authorization.", example = "${env:SCRAPE_TOKEN:-secret}")
        Optional<Secret> bearerToken,

        @Doc(value = "A file with such a token; an older form of authorization.", example = "/etc/millrace/token")
        Optional<Path> bearerTokenFile,

        @Doc("How connections are encrypted, where the URL says https.")
        Optional<TlsConfig> tlsConfig,

        @Inline ProxyConfig proxy,

        @Doc("Whether redirects are followed; credentials go to the first host only.") @Default("true")
        boolean followRedirects,

        @Doc("requests are made by HTTP/1.1") Ignored enableHttp2,

        @Doc(value = "Further header fields of each request.", example = "{X-Tenant: {values: [monitoring]}}")
        Map<String, HeaderConfig> httpHeaders)
        implements Faults {
    /** A client of which nothing is said. */
    public static final HttpClientConfig DEFAULT = new HttpClientConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ProxyConfig.NONE,
            true,
            new Ignored(),
            Map.of());

    /** What other keys say, or the client itself. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "host",
            "content-encoding",
            "content-length",
            "content-type",
            "user-agent",
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "www-authenticate",
            "accept-encoding",
            "x-prometheus-remote-write-version",
            "x-prometheus-remote-read-version",
            "x-prometheus-scrape-timeout-seconds",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-content-sha256");

    public HttpClientConfig {
        httpHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(httpHeaders));
        long credentials = Stream.of(authorization, basicAuth, oauth2, bearerToken, bearerTokenFile)
                .filter(Optional::isPresent)
                .count();
        if (credentials > 1) {
            throw new IllegalArgumentException("several of authorization, basic_auth, oauth2, bearer_token and"
                    + " bearer_token_file (expected: at most one)");
        }
        OneOf.check("bearerToken", bearerToken, "bearer_token_file", bearerTokenFile, TextForm.FIELD);
        for (String name : httpHeaders.keySet()) {
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidOptionException(
                        "httpHeaders", "'" + name + "' (expected: none that another key or the client sets)");
            }
        }
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("bearerToken", bearerTokenFile, TextForm.FIELD).toList();
    }

    /** The same with a user and a password. */
    public HttpClientConfig with(BasicAuth credentials) {
        return new HttpClientConfig(
                authorization,
                Optional.of(credentials),
                oauth2,
                bearerToken,
                bearerTokenFile,
                tlsConfig,
                proxy,
                followRedirects,
                enableHttp2,
                httpHeaders);
    }

    /** The same with a token. */
    public HttpClientConfig with(Authorization token) {
        return new HttpClientConfig(
                Optional.of(token),
                basicAuth,
                oauth2,
                bearerToken,
                bearerTokenFile,
                tlsConfig,
                proxy,
                followRedirects,
                enableHttp2,
                httpHeaders);
    }

    /** The same with other encryption. */
    public HttpClientConfig with(TlsConfig tls) {
        return new HttpClientConfig(
                authorization,
                basicAuth,
                oauth2,
                bearerToken,
                bearerTokenFile,
                Optional.of(tls),
                proxy,
                followRedirects,
                enableHttp2,
                httpHeaders);
    }

    /** The settings of connections, of which the rest is {@code base}. */
    public HttpClientSettings settings(HttpClientSettings base) {
        return base.with(tlsConfig.map(TlsConfig::settings).orElse(TlsSettings.DEFAULT))
                .with(proxy.settings())
                .withRedirects(followRedirects);
    }

    /** What adds the credentials to requests, where there are any. */
    Optional<ClientAuthenticator> authenticator(PluginContext context) {
        Optional<Authorization> token = bearerToken.isPresent() || bearerTokenFile.isPresent()
                ? Optional.of(new Authorization("Bearer", bearerToken, bearerTokenFile))
                : authorization;
        return token.map(any -> any.authenticator(context))
                .or(() -> basicAuth.map(any -> any.authenticator(context)))
                .or(() -> oauth2.map(any -> any.authenticator(context)));
    }
}
