package dev.millrace.plugin.ext.oauth2;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.plugin.lib.credentials.oauth2.ClientAuthentication;
import dev.millrace.plugin.lib.credentials.oauth2.ClientGrant;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of {@code ext_oauth2}.
 *
 * @param clientId who asks for tokens
 * @param clientSecret the secret of the client
 * @param clientSecretFile a file that holds the secret
 * @param tokenUrl where tokens are asked for
 * @param scopes what the token is to allow
 * @param endpointParams further parameters of the request for a token
 * @param clientAuthentication how the client proves who it is to the token endpoint
 */
@Doc(
        value =
                "Authenticates requests with tokens that a token endpoint gives to a client (OAuth 2, client credentials).",
        example = """
        ClientId: millrace
        ClientSecretFile: /etc/millrace/client-secret
        TokenUrl: https://login.example.com/oauth2/token
        Scopes: [metrics.write]
        """)
public record OAuth2Options(
        @Doc(value = "The name of the client.", example = "millrace")
        String clientId,

        @Doc(
                value = "The secret of the client; it or ClientSecretFile is required.",
                example = "${env:CLIENT_SECRET:-secret}")
        Optional<Secret> clientSecret,

        @Doc(
                value = "A file that holds the secret of the client, read again when it changes.",
                example = "/etc/millrace/client-secret")
        Optional<Path> clientSecretFile,

        @Doc(
                value = "The URL of the token endpoint, http or https.",
                example = "https://login.example.com/oauth2/token")
        String tokenUrl,

        @Doc(value = "What the token is to allow, as the token endpoint names it.", example = "[metrics.write]")
        List<String> scopes,

        @Doc(
                value =
                        "Further parameters of the request for a token, such as audience; their values are never printed.",
                example = "{audience: https://metrics.example.com}")
        Map<String, Secret> endpointParams,

        @Doc(
                "Where the client's secret stands in the request for a token: header (HTTP's basic authentication), body, or any: the header, and the body where that is refused.")
        @Default("header")
        ClientAuthentication clientAuthentication)
        implements Faults {
    public OAuth2Options {
        scopes = List.copyOf(scopes);
        endpointParams = Collections.unmodifiableMap(new LinkedHashMap<>(endpointParams));
        SecretText.requireOne("clientSecret", clientSecret, clientSecretFile, TextForm.LINE);
        ClientGrant.check(clientId, tokenUrl, endpointParams);
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("clientSecret", clientSecretFile, TextForm.LINE)
                .toList();
    }
}
