package dev.millrace.plugin.lib.credentials.oauth2;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.NotSentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint answered (RFC 6749, sections 5.1 and 5.2).
 *
 * @param fields the members of the JSON object; empty where the answer is no such thing
 */
record TokenAnswer(Map<String, String> fields) {
    private static final int LONGEST_QUOTE = 200;

    /** Reads an answer; one that is no JSON object has no fields. */
    static TokenAnswer parse(String body) {
        return new TokenAnswer(JsonMembers.parse(body).orElse(Map.of()));
    }

    /**
     * The token.
     *
     * @throws NotSentException if there is none
     * @throws HttpConfigurationException if it is to be used in a way that is not known here
     */
    Token token(Instant now) throws IOException {
        String text = fields.getOrDefault("access_token", "");
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new NotSentException("the answer holds no access_token");
        }
        String type = fields.getOrDefault("token_type", "Bearer");
        if (!type.equalsIgnoreCase("Bearer")) {
            throw new HttpConfigurationException("token_type: " + line(type) + " (expected: Bearer)");
        }
        return Token.of(text, now, lifetime(fields.get("expires_in")));
    }

    /** The error that it names, in words for the end of a line; empty where it names none. */
    String reason() {
        String error = fields.get("error");
        if (error == null) {
            return "";
        }
        String description = fields.get("error_description");
        return ": " + line(error) + (description == null ? "" : ": " + line(description));
    }

    /* Some servers write the number as a text. */
    private static Optional<Duration> lifetime(@Nullable String seconds) {
        if (seconds == null) {
            return Optional.empty();
        }
        try {
            long whole = (long) Double.parseDouble(seconds);
            return whole <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.min(whole, Integer.MAX_VALUE)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String line(String text) {
        String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return printable.length() > LONGEST_QUOTE ? printable.substring(0, LONGEST_QUOTE) + "…" : printable;
    }
}
