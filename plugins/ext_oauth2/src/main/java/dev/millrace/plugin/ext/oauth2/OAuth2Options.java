package dev.millrace.plugin.ext.oauth2;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                "Where the client's secret stands in the request for a token: header (HTTP's basic authentication) or body.")
        @Default("header")
        ClientAuthentication clientAuthentication)
        implements Faults {
    /** Where the client's secret stands (RFC 6749, section 2.3.1). */
    public enum ClientAuthentication {
        /** In the field {@code Authorization}. */
        HEADER,
        /** In the parameters {@code client_id} and {@code client_secret}. */
        BODY
    }

    public OAuth2Options {
        scopes = List.copyOf(scopes);
        endpointParams = Collections.unmodifiableMap(new LinkedHashMap<>(endpointParams));
        SecretText.requireOne("clientSecret", clientSecret, clientSecretFile, TextForm.LINE);
        if (clientId.isEmpty()) {
            throw new InvalidOptionException("clientId", "'' (expected: the name of the client)");
        }
        String problem = problem(tokenUrl);
        if (problem != null) {
            throw new InvalidOptionException("tokenUrl", problem);
        }
        for (String name : endpointParams.keySet()) {
            if (List.of("grant_type", "client_id", "client_secret", "scope").contains(name)) {
                throw new InvalidOptionException(
                        "endpointParams", "'" + name + "' (expected: none that another key or the protocol sets)");
            }
        }
    }

    URI url() {
        return URI.create(tokenUrl);
    }

    private static @Nullable String problem(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                return "no host behind http:// or https:// (expected: such as https://login.example.com/token)";
            }
            if (uri.getRawUserInfo() != null) {
                return "user in the URL (expected: no user and password here, but ClientId and ClientSecret)";
            }
            return null;
        } catch (URISyntaxException e) {
            return e.getReason() + " at character " + (e.getIndex() + 1) + " (expected: a URL)";
        }
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("clientSecret", clientSecretFile, TextForm.LINE)
                .toList();
    }
}
