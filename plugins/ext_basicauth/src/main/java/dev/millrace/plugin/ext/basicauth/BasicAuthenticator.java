package dev.millrace.plugin.ext.basicauth;

import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adds the same {@code Authorization} to every request, its credentials encoded as UTF-8 (RFC 7617, section 2.1). */
final class BasicAuthenticator implements ClientAuthenticator {
    private final String authorization;

    BasicAuthenticator(BasicAuthOptions options) {
        String credentials = options.username() + ":" + options.password().reveal();
        authorization = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
        return CompletableFuture.completedFuture(
                request.withHeaders(request.headers().with("Authorization", authorization)));
    }
}
