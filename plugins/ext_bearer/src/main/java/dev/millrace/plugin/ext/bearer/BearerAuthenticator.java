package dev.millrace.plugin.ext.bearer;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adds a token to every request, in the field {@code Authorization} (RFC 6750, section 2.1). */
final class BearerAuthenticator implements ClientAuthenticator {
    private final String scheme;
    private final SecretText token;

    BearerAuthenticator(BearerOptions options, PluginContext context) {
        scheme = options.scheme();
        token = SecretText.of(context, "Token", options.token(), options.tokenFile(), BearerOptions.TOKEN);
    }

    @Override
    public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
        try {
            return CompletableFuture.completedFuture(
                    request.withHeaders(request.headers().with("Authorization", authorization())));
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean refused(HttpRequest request) {
        var unused = token.refresh();
        try {
            return !request.headers().all("Authorization").contains(authorization());
        } catch (HttpConfigurationException e) {
            return false; // there is no token to send it with
        }
    }

    private String authorization() throws HttpConfigurationException {
        return scheme + " " + token.get();
    }
}
