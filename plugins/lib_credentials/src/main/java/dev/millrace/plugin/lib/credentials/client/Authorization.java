package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.plugin.lib.credentials.KnownCredentials;
import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.ClientAuthenticator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token, as an option with the keys of Prometheus.
 *
 * @param type the scheme, which stands before the token
 * @param credentials the token
 * @param credentialsFile a file that holds the token
 */
@Doc(value = "A token that is sent in the field Authorization.", example = """
        credentials_file: /etc/millrace/token
        """)
@SnakeCase
public record Authorization(
        @Doc("The scheme, which stands before the token.") @Default("Bearer")
        String type,

        @Doc(value = "The token; it or credentials_file is required.", example = "${env:SCRAPE_TOKEN:-secret}")
        Optional<Secret> credentials,

        @Doc(value = "A file that holds the token, read again when it changes.", example = "/etc/millrace/token")
        Optional<Path> credentialsFile)
        implements Faults {
    /** RFC 9110, section 5.6.2: a token. */
    private static final Pattern SCHEME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public Authorization {
        if (!SCHEME.matcher(type).matches()) {
            throw new InvalidOptionException("type", "'" + type + "' (expected: a word such as Bearer)");
        }
        if (type.equalsIgnoreCase("basic")) {
            throw new InvalidOptionException("type", type + " (expected: basic_auth beside authorization)");
        }
        OneOf.check("credentials", credentials, "credentials_file", credentialsFile, TextForm.FIELD);
        if (credentials.isEmpty() && credentialsFile.isEmpty()) {
            throw new InvalidOptionException(
                    "credentials", "neither it nor credentials_file is given (expected: one of them)");
        }
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("credentials", credentialsFile, TextForm.FIELD).toList();
    }

    ClientAuthenticator authenticator(PluginContext context) {
        return KnownCredentials.token(
                type, SecretText.of(context, "credentials_file", credentials, credentialsFile, TextForm.FIELD));
    }
}
