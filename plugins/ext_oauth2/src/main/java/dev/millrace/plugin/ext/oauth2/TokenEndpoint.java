package dev.millrace.plugin.ext.oauth2;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.NotSentException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks for a token by the grant of client credentials (RFC 6749, section 4.4). Thread-safe. */
final class TokenEndpoint implements Supplier<CompletionStage<Token>> {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 1 << 20;

    private final OAuth2Options options;
    private final URI url;
    private final String shown;
    private final SecretText secret;
    private final HttpClient client;
    private final Clock clock;

    TokenEndpoint(OAuth2Options options, PluginContext context) {
        this.options = options;
        this.url = options.url();
        this.shown = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        this.secret = SecretText.of(
                context, "ClientSecret", options.clientSecret(), options.clientSecretFile(), TextForm.LINE);
        this.client = context.httpClient(HttpClientSettings.DEFAULT);
        this.clock = context.clock();
    }

    /** A new token; fails as {@link dev.millrace.spi.extension.ClientAuthenticator#authenticate} does. */
    @Override
    public CompletionStage<Token> get() {
        HttpRequest request;
        try {
            request = request();
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return client.send(request, TIMEOUT)
                .thenCompose(response -> response.body()
                        .collect(new BodyBuffer(1 << 10), LARGEST_ANSWER)
                        .thenApply(body -> token(response.status(), body.toString())))
                .exceptionally(thrown -> {
                    throw new CompletionException(failure(thrown));
                });
    }

    private HttpRequest request() throws HttpConfigurationException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!options.scopes().isEmpty()) {
            form.put("scope", String.join(" ", options.scopes()));
        }
        for (Map.Entry<String, Secret> parameter : options.endpointParams().entrySet()) {
            form.put(parameter.getKey(), parameter.getValue().reveal());
        }
        HttpHeaders headers =
                HttpHeaders.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
        switch (options.clientAuthentication()) {
            case HEADER -> headers = headers.with("Authorization", basic());
            case BODY -> {
                form.put("client_id", options.clientId());
                form.put("client_secret", secret.get());
            }
        }
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return new HttpRequest("POST", url, headers, HttpBody.of(body.getBytes(StandardCharsets.US_ASCII)));
    }

    /* RFC 6749, section 2.3.1: both are encoded as in a form before they are as in Basic. */
    private String basic() throws HttpConfigurationException {
        String credentials = encode(options.clientId()) + ":" + encode(secret.get());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    }

    private Token token(int status, String body) {
        TokenAnswer answer = TokenAnswer.parse(body);
        try {
            if (status >= 200 && status <= 299) {
                return answer.token(clock.instant());
            }
            String reason = shown + " answered " + status + answer.reason();
            throw status == 429 || status >= 500
                    ? new NotSentException("no token: " + reason)
                    : new HttpConfigurationException(
                            "no token: " + reason + " (check ClientId, its secret, TokenUrl and Scopes)");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /* What the receiver's client says of its own network is not to be taken for the receiver's. */
    private IOException failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof HttpConfigurationException || cause instanceof NotSentException) {
            String message = String.valueOf(cause.getMessage());
            String whole = message.startsWith("no token: ") ? message : "no token: " + shown + ": " + message;
            return cause instanceof NotSentException
                    ? new NotSentException(whole)
                    : new HttpConfigurationException(whole);
        }
        if (cause instanceof TimeoutException) {
            return new NotSentException("no token: " + shown + ": no answer within " + TIMEOUT.toSeconds() + " s");
        }
        return new NotSentException("no token: " + shown + ": " + cause.getMessage());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
