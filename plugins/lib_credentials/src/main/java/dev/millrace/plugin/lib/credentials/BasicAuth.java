package dev.millrace.plugin.lib.credentials;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Credentials of HTTP's basic scheme (RFC 7617), as an option with the keys of Prometheus.
 *
 * @param username the name, without a colon
 * @param password the password
 */
@Doc(value = "The user and password of HTTP's basic authentication.", example = """
        username: monitoring
        password: '${env:SCRAPE_PASSWORD:-secret}'
        """)
@SnakeCase
public record BasicAuth(
        @Doc(value = "The user's name.", example = "monitoring") @Default("''")
        String username,

        @Doc(value = "The password.", example = "${env:SCRAPE_PASSWORD:-secret}") @Default("''")
        Secret password) {
    public BasicAuth {
        if (username.indexOf(':') >= 0) {
            throw new InvalidOptionException("username", "'" + username + "' (expected: no ':')");
        }
    }

    /** The value of the field {@code Authorization}. */
    public String header() {
        byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
