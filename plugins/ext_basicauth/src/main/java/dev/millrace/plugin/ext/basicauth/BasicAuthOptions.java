package dev.millrace.plugin.ext.basicauth;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of {@code ext_basicauth}. RFC 7617, section 2: a user's name holds no colon, and neither text a control
 * character.
 *
 * @param username the user
 * @param usernameFile a file that holds the user's name
 * @param password the user's password
 * @param passwordFile a file that holds the password
 */
@Doc(value = "Authenticates requests with a user and a password, by the scheme Basic.", example = """
        Username: monitoring
        Password: '${env:MONITORING_PASSWORD:-secret}'
        """)
public record BasicAuthOptions(
        @Doc(value = "The name of the user; it or UsernameFile is required.", example = "monitoring")
        Optional<String> username,

        @Doc(
                value = "A file that holds the name of the user, read again when it changes.",
                example = "/etc/millrace/username")
        Optional<Path> usernameFile,

        @Doc(
                value = "The password of the user; it or PasswordFile is required.",
                example = "${env:MONITORING_PASSWORD:-secret}")
        Optional<Secret> password,

        @Doc(value = "A file that holds the password, read again when it changes.", example = "/etc/millrace/password")
        Optional<Path> passwordFile)
        implements Faults {
    public BasicAuthOptions {
        SecretText.requireOne("username", username.map(Secret::new), usernameFile, TextForm.USERNAME);
        SecretText.requireOne("password", password, passwordFile, TextForm.LINE);
    }

    @Override
    public List<Fault> faults() {
        return Stream.of(
                        SecretText.faults("username", usernameFile, TextForm.USERNAME),
                        SecretText.faults("password", passwordFile, TextForm.LINE))
                .flatMap(faults -> faults)
                .toList();
    }
}
