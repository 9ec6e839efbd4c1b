package dev.millrace.plugin.lib.credentials;

import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adds {@code Authorization} to every request, of texts that are known. */
public final class KnownCredentials implements ClientAuthenticator {
    private final List<SecretText> texts;
    private final Value value;

    private KnownCredentials(Value value, SecretText... texts) {
        this.value = value;
        this.texts = List.of(texts);
    }

    private interface Value {
        String get() throws HttpConfigurationException;
    }

    /** A token behind the name of its scheme (RFC 6750, section 2.1). */
    public static ClientAuthenticator token(String scheme, SecretText token) {
        return new KnownCredentials(() -> scheme + " " + token.get(), token);
    }

    /** A user and a password, encoded as UTF-8 (RFC 7617, section 2.1). */
    public static ClientAuthenticator basic(SecretText username, SecretText password) {
        return new KnownCredentials(() -> basic(username.get() + ":" + password.get()), username, password);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
        try {
            return CompletableFuture.completedFuture(
                    request.withHeaders(request.headers().with("Authorization", value.get())));
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean refused(HttpRequest request) {
        texts.forEach(SecretText::refresh);
        try {
            return !request.headers().all("Authorization").contains(value.get());
        } catch (HttpConfigurationException e) {
            return false; // there is nothing to send it with
        }
    }
}
