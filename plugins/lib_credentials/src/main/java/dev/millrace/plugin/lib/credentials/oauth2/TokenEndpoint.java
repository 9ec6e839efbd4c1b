package dev.millrace.plugin.lib.credentials.oauth2;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
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

    private final ClientGrant grant;
    private final String shown;
    private final HttpClient client;
    private final Clock clock;
    /** How the client proves who it is; the second way once that was the one that worked. */
    private volatile ClientAuthentication authentication;

    TokenEndpoint(ClientGrant grant, HttpClient client, Clock clock) {
        URI url = grant.url();
        this.grant = grant;
        this.shown = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        this.client = client;
        this.clock = clock;
        this.authentication = grant.authentication();
    }

    /** A new token; fails as {@link dev.millrace.spi.extension.ClientAuthenticator#authenticate} does. */
    @Override
    public CompletionStage<Token> get() {
        ClientAuthentication known = authentication;
        if (known != ClientAuthentication.ANY) {
            return ask(known);
        }
        return ask(ClientAuthentication.HEADER)
                .handle((token, thrown) -> thrown == null
                        ? known(ClientAuthentication.HEADER, token)
                        : cause(thrown) instanceof HttpConfigurationException
                                ? ask(ClientAuthentication.BODY)
                                        .thenCompose(other -> known(ClientAuthentication.BODY, other))
                                : CompletableFuture.<Token>failedFuture(thrown))
                .thenCompose(token -> token);
    }

    private CompletionStage<Token> known(ClientAuthentication works, Token token) {
        authentication = works;
        return CompletableFuture.completedFuture(token);
    }

    private CompletionStage<Token> ask(ClientAuthentication by) {
        HttpRequest request;
        try {
            request = request(by);
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return client.send(request, TIMEOUT)
                .thenCompose(response -> response.body()
                        .collect(new BodyBuffer(1 << 10), LARGEST_ANSWER)
                        .thenApply(body -> token(response.status(), body.toString())))
                .exceptionally(thrown -> {
                    throw new CompletionException(failure(cause(thrown)));
                });
    }

    private HttpRequest request(ClientAuthentication by) throws HttpConfigurationException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!grant.scopes().isEmpty()) {
            form.put("scope", String.join(" ", grant.scopes()));
        }
        grant.parameters().forEach((name, value) -> form.put(name, value.reveal()));
        HttpHeaders headers =
                HttpHeaders.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
        if (by == ClientAuthentication.BODY) {
            form.put("client_id", grant.clientId());
            form.put("client_secret", grant.clientSecret().get());
        } else {
            headers = headers.with("Authorization", basic());
        }
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return new HttpRequest("POST", grant.url(), headers, HttpBody.of(body.getBytes(StandardCharsets.US_ASCII)));
    }

    /* RFC 6749, section 2.3.1: both are encoded as in a form before they are as in Basic. */
    private String basic() throws HttpConfigurationException {
        String credentials =
                encode(grant.clientId()) + ":" + encode(grant.clientSecret().get());
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
                            "no token: " + reason + " (check the client's ID and secret, the URL and the scopes)");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /* What the receiver's client says of its own network is not to be taken for the receiver's. */
    private IOException failure(Throwable cause) {
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

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
