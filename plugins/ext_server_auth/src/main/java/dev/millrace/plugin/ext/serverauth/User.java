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
 * A client that sends a name and a password.
 *
 * @param username the name
 * @param password the password
 * @param passwordFile a file that holds it
 * @param passwordHash its hash by bcrypt, in place of both
 */
public record User(
        @Doc(value = "The name of the user.", example = "shop")
        String username,

        @Doc(
                value = "The password of the user; it, PasswordFile or PasswordHash is required.",
                example = "${env:SHOP_PASSWORD:-secret}")
        Optional<Secret> password,

        @Doc(value = "A file that holds the password, read again when it changes.", example = "/etc/millrace/shop")
        Optional<Path> passwordFile,

        @Doc(
                value =
                        "The hash of the password by bcrypt, as htpasswd -nBC 10 prints it and Prometheus' web.yml has it.",
                example = "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG")
        Optional<Secret> passwordHash) {
    public User {
        if (username.isEmpty()
                || username.indexOf(':') >= 0
                || TextForm.LINE.problem(username).isPresent()) {
            throw new InvalidOptionException("username", "'" + username + "' (expected: a name without a colon)");
        }
        if (passwordHash.isEmpty()) {
            SecretText.requireOne("password", password, passwordFile, TextForm.LINE);
        } else if (password.isPresent() || passwordFile.isPresent()) {
            throw new InvalidOptionException(
                    "passwordHash", "beside Password or PasswordFile (expected: one of the three)");
        }
        passwordHash.flatMap(hash -> PasswordHash.problem(hash.reveal())).ifPresent(problem -> {
            throw new InvalidOptionException("passwordHash", problem);
        });
    }

    Stream<Faults.Fault> faults() {
        return SecretText.faults("password", passwordFile, TextForm.LINE);
    }
}
