package dev.millrace.plugin.ext.basicauth;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adds {@code Authorization} to every request, its credentials encoded as UTF-8 (RFC 7617, section 2.1). */
final class BasicAuthenticator implements ClientAuthenticator {
    private final SecretText username;
    private final SecretText password;

    BasicAuthenticator(BasicAuthOptions options, PluginContext context) {
        username = SecretText.of(
                context,
                "Username",
                options.username().map(Secret::new),
                options.usernameFile(),
                BasicAuthOptions.USERNAME);
        password = SecretText.of(context, "Password", options.password(), options.passwordFile(), TextForm.LINE);
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
        var unusedUser = username.refresh();
        var unusedPassword = password.refresh();
        try {
            return !request.headers().all("Authorization").contains(authorization());
        } catch (HttpConfigurationException e) {
            return false; // there are no credentials to send it with
        }
    }

    private String authorization() throws HttpConfigurationException {
        String credentials = username.get() + ":" + password.get();
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
