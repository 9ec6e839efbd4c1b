package dev.millrace.plugin.lib.credentials.oauth2;

import dev.millrace.plugin.lib.credentials.SecretText;
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
 * What a client asks a token for, by the grant of client credentials (RFC 6749, section 4.4).
 *
 * @param clientId who asks
 * @param clientSecret the secret of the client
 * @param url where tokens are asked for
 * @param scopes what the token is to allow
 * @param parameters further parameters of the request, in their order
 * @param authentication how the client proves who it is
 */
public record ClientGrant(
        String clientId,
        SecretText clientSecret,
        URI url,
        List<String> scopes,
        Map<String, Secret> parameters,
        ClientAuthentication authentication) {
    public ClientGrant {
        scopes = List.copyOf(scopes);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Checks options of a grant.
     *
     * @throws InvalidOptionException if one can not be used, of the component {@code clientId}, {@code tokenUrl} or
     *     {@code endpointParams}
     */
    public static void check(String clientId, String url, Map<String, Secret> parameters) {
        if (clientId.isEmpty()) {
            throw new InvalidOptionException("clientId", "'' (expected: the name of the client)");
        }
        problem(url).ifPresent(problem -> {
            throw new InvalidOptionException("tokenUrl", problem);
        });
        for (String name : parameters.keySet()) {
            if (List.of("grant_type", "client_id", "client_secret", "scope").contains(name)) {
                throw new InvalidOptionException(
                        "endpointParams", "'" + name + "' (expected: none that another key or the protocol sets)");
            }
        }
    }

    private static Optional<String> problem(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                return Optional.of(
                        "no host behind http:// or https:// (expected: such as https://login.example.com/token)");
            }
            if (uri.getRawUserInfo() != null) {
                return Optional.of(
                        "user in the URL (expected: no user and password here, but the client's ID and secret)");
            }
            return Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of(e.getReason() + " at character " + (e.getIndex() + 1) + " (expected: a URL)");
        }
    }
}
