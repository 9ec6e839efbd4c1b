package dev.millrace.plugin.lib.credentials.oauth2;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token.
 *
 * <p>Of its lifetime, the last fifth, at most a minute, is the time to ask for the next one while it is still used; the
 * last twentieth, at most ten seconds, is left to clocks that differ.
 *
 * @param authorization the value of {@code Authorization}
 * @param refreshAt from when on the next one is to be asked for
 * @param expiresAt from when on it is not to be used
 */
record Token(String authorization, Instant refreshAt, Instant expiresAt) {
    static Token of(String text, Instant now, Optional<Duration> lifetime) {
        String authorization = "Bearer " + text;
        return lifetime.map(valid -> new Token(
                        authorization,
                        now.plus(valid).minus(smaller(valid.dividedBy(5), Duration.ofMinutes(1))),
                        now.plus(valid).minus(smaller(valid.dividedBy(20), Duration.ofSeconds(10)))))
                .orElseGet(() -> new Token(authorization, Instant.MAX, Instant.MAX));
    }

    private static Duration smaller(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "token until " + expiresAt;
    }
}
