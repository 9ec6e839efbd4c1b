package dev.millrace.plugin.lib.credentials.oauth2;

import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds the current access token to every request (RFC 6750, section 2.1).
 *
 * <p>One request for a token serves all who wait for it. The next token is asked for before the current one expires, and
 * until it has come the current one is used. After a failure of the network or the server the token endpoint is left
 * alone for a second, doubling to half a minute; who asks meanwhile is told of that failure. The same holds where a person
 * has to change something while the current token can still be used; without one the host itself asks seldom.
 */
public final class OAuth2Authenticator implements ClientAuthenticator {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<CompletionStage<Token>> endpoint;
    private final Clock clock;
    private final Object lock = new Object();
    private @Nullable Token current;
    private @Nullable CompletableFuture<Token> pending;
    private @Nullable Throwable failure;
    private Instant pausedUntil = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    /**
     * No token was asked for yet.
     *
     * @param client the client that asks for tokens
     */
    public static ClientAuthenticator of(ClientGrant grant, HttpClient client, Clock clock) {
        return new OAuth2Authenticator(new TokenEndpoint(grant, client, clock), clock);
    }

    private OAuth2Authenticator(Supplier<CompletionStage<Token>> endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    @Override
    public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
        return token().thenApply(
                        token -> request.withHeaders(request.headers().with("Authorization", token.authorization())));
    }

    @Override
    public boolean refused(HttpRequest request) {
        String authorization = request.headers().first("Authorization").orElse("");
        synchronized (lock) {
            if (current != null && current.authorization().equals(authorization)) {
                current = null;
            }
        }
        return true;
    }

    private CompletionStage<Token> token() {
        CompletableFuture<Token> asked;
        Token usable;
        synchronized (lock) {
            Instant now = clock.instant();
            usable = current != null && now.isBefore(current.expiresAt()) ? current : null;
            if (usable != null && now.isBefore(usable.refreshAt())) {
                return CompletableFuture.completedFuture(usable);
            }
            if (pending != null) {
                return usable != null ? CompletableFuture.completedFuture(usable) : pending;
            }
            boolean seldom = usable == null && failure instanceof HttpConfigurationException;
            if (now.isBefore(pausedUntil) && failure != null && !seldom) {
                return usable != null
                        ? CompletableFuture.completedFuture(usable)
                        : CompletableFuture.failedFuture(failure);
            }
            asked = new CompletableFuture<>();
            pending = asked;
        }
        ask(asked);
        return usable != null ? CompletableFuture.completedFuture(usable) : asked;
    }

    /* Without the lock, because the endpoint may answer in this call. */
    private void ask(CompletableFuture<Token> asked) {
        CompletionStage<Token> answer;
        try {
            answer = endpoint.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((token, thrown) -> {
            if (token != null) {
                keep(token);
                asked.complete(token);
            } else {
                Throwable cause = cause(thrown);
                keep(cause);
                asked.completeExceptionally(cause);
            }
        });
    }

    private void keep(Token token) {
        synchronized (lock) {
            current = token;
            pending = null;
            failure = null;
            pause = FIRST_PAUSE;
        }
    }

    private void keep(Throwable cause) {
        synchronized (lock) {
            pending = null;
            failure = cause;
            pausedUntil = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause(cause) : thrown;
    }
}
