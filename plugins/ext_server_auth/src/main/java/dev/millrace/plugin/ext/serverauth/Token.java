package dev.millrace.plugin.ext.serverauth;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A client that sends a token.
 *
 * @param name who has it
 * @param token the token
 * @param tokenFile a file that holds it
 */
public record Token(
        @Doc(value = "Who has the token, for people.", example = "ci")
        String name,

        @Doc(value = "The token; it or TokenFile is required.", example = "${env:CI_TOKEN:-secret}")
        Optional<Secret> token,

        @Doc(value = "A file that holds the token, read again when it changes.", example = "/etc/millrace/ci")
        Optional<Path> tokenFile) {
    public Token {
        if (name.isEmpty()) {
            throw new InvalidOptionException("name", "'' (expected: who has the token)");
        }
        SecretText.requireOne("token", token, tokenFile, TextForm.LINE);
    }

    Stream<Faults.Fault> faults() {
        return SecretText.faults("token", tokenFile, TextForm.LINE);
    }
}
