package dev.millrace.plugin.ext.bearer;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of {@code ext_bearer}.
 *
 * @param token the token
 * @param tokenFile a file that holds the token
 * @param scheme what stands before the token
 */
@Doc(value = "Authenticates requests with a token, by the scheme Bearer or another one of that form.", example = """
        TokenFile: /etc/millrace/token
        """)
public record BearerOptions(
        @Doc(value = "The token; it or TokenFile is required.", example = "${env:MONITORING_TOKEN:-secret}")
        Optional<Secret> token,

        @Doc(value = "A file that holds the token, read again when it changes.", example = "/etc/millrace/token")
        Optional<Path> tokenFile,

        @Doc("The scheme, which stands before the token.") @Default("Bearer")
        String scheme)
        implements Faults {
    /** RFC 9110, section 5.6.2: a token. */
    private static final Pattern SCHEME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    public BearerOptions {
        SecretText.requireOne("token", token, tokenFile, TextForm.TOKEN);
        if (!SCHEME.matcher(scheme).matches()) {
            throw new InvalidOptionException("scheme", "'" + scheme + "' (expected: a word such as Bearer)");
        }
    }

    @Override
    public List<Fault> faults() {
        return SecretText.faults("token", tokenFile, TextForm.TOKEN).toList();
    }
}
