package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.KnownCredentials;
import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Credentials of HTTP's basic scheme (RFC 7617), as an option with the keys of Prometheus. What is not given is empty.
 *
 * @param username the name, without a colon
 * @param usernameFile a file that holds the name
 * @param password the password
 * @param passwordFile a file that holds the password
 */
@Doc(value = "The user and password of HTTP's basic authentication.", example = """
        username: monitoring
        password: '${env:SCRAPE_PASSWORD:-secret}'
        """)
@SnakeCase
public record BasicAuth(
        @Doc(value = "The user's name.", example = "monitoring")
        Optional<String> username,

        @Doc(
                value = "A file that holds the user's name, read again when it changes.",
                example = "/etc/millrace/username")
        Optional<Path> usernameFile,

        @Doc(value = "The password.", example = "${env:SCRAPE_PASSWORD:-secret}")
        Optional<Secret> password,

        @Doc(value = "A file that holds the password, read again when it changes.", example = "/etc/millrace/password")
        Optional<Path> passwordFile)
        implements Faults {
    public BasicAuth {
        OneOf.check("username", username.map(Secret::new), "username_file", usernameFile, TextForm.USERNAME);
        OneOf.check("password", password, "password_file", passwordFile, TextForm.LINE);
    }

    /** Credentials that are known. */
    public static BasicAuth of(String username, String password) {
        return new BasicAuth(
                Optional.of(username), Optional.empty(), Optional.of(new Secret(password)), Optional.empty());
    }

    @Override
    public List<Fault> faults() {
        return Stream.concat(
                        SecretText.faults("username", usernameFile, TextForm.USERNAME),
                        SecretText.faults("password", passwordFile, TextForm.LINE))
                .toList();
    }

    ClientAuthenticator authenticator(PluginContext context) {
        Optional<Secret> name = OneOf.orEmpty(username.map(Secret::new), usernameFile);
        Optional<Secret> secret = OneOf.orEmpty(password, passwordFile);
        return KnownCredentials.basic(
                SecretText.of(context, "username_file", name, usernameFile, TextForm.USERNAME),
                SecretText.of(context, "password_file", secret, passwordFile, TextForm.LINE));
    }
}
