package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.plugin.lib.credentials.oauth2.ClientAuthentication;
import dev.millrace.plugin.lib.credentials.oauth2.ClientGrant;
import dev.millrace.plugin.lib.credentials.oauth2.OAuth2Authenticator;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that a token endpoint gives to a client (RFC 6749, section 4.4), as an option with the keys of Prometheus. As
 * there, the client's secret is sent by HTTP's basic scheme, and in the body where that is refused.
 *
 * @param clientId who asks for tokens
 * @param clientSecret the secret of the client
 * @param clientSecretFile a file that holds the secret
 * @param scopes what the token is to allow
 * @param tokenUrl where tokens are asked for
 * @param endpointParams further parameters of the request for a token
 * @param tlsConfig how the connection to the token endpoint is encrypted
 * @param proxy what it goes through
 */
@Doc(value = "Tokens that a token endpoint gives to a client (OAuth 2, client credentials).", example = """
        client_id: millrace
        client_secret_file: /etc/millrace/client-secret
        token_url: https://login.example.com/oauth2/token
        """)
@SnakeCase
public record OAuth2(
        @Doc(value = "The name of the client.", example = "millrace")
        String clientId,

        @Doc(value = "The secret of the client; or client_secret_file.", example = "${env:CLIENT_SECRET:-secret}")
        Optional<Secret> clientSecret,

        @Doc(
                value = "A file that holds the secret of the client, read again when it changes.",
                example = "/etc/millrace/client-secret")
        Optional<Path> clientSecretFile,

        @Doc(value = "What the token is to allow, as the token endpoint names it.", example = "[metrics.read]")
        List<String> scopes,

        @Doc(
                value = "The URL of the token endpoint, http or https.",
                example = "https://login.example.com/oauth2/token")
        String tokenUrl,

        @Doc(
                value = "Further parameters of the request for a token; their values are never printed.",
                example = "{audience: https://metrics.example.com}")
        Map<String, Secret> endpointParams,

        @Doc("How the connection to the token endpoint is encrypted.")
        Optional<TlsConfig> tlsConfig,

        @Inline ProxyConfig proxy)
        implements Faults {
    public OAuth2 {
        scopes = List.copyOf(scopes);
        endpointParams = Collections.unmodifiableMap(new LinkedHashMap<>(endpointParams));
        OneOf.check("clientSecret", clientSecret, "client_secret_file", clientSecretFile, TextForm.LINE);
        ClientGrant.check(clientId, tokenUrl, endpointParams);
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("clientSecret", clientSecretFile, TextForm.LINE)
                .toList();
    }

    ClientAuthenticator authenticator(PluginContext context) {
        Optional<Secret> secret = OneOf.orEmpty(clientSecret, clientSecretFile);
        ClientGrant grant = new ClientGrant(
                clientId,
                SecretText.of(context, "client_secret_file", secret, clientSecretFile, TextForm.LINE),
                URI.create(tokenUrl),
                scopes,
                endpointParams,
                ClientAuthentication.ANY);
        HttpClient client = context.httpClient(HttpClientSettings.DEFAULT
                .with(tlsConfig.map(TlsConfig::settings).orElse(TlsSettings.DEFAULT))
                .with(proxy.settings()));
        return OAuth2Authenticator.of(grant, client, context.clock());
    }
}
