package dev.millrace.plugin.ext.sigv4;

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
import java.util.stream.Stream;

/**
 * The options of {@code ext_sigv4}.
 *
 * @param region where the service is
 * @param service the name of the service in signatures
 * @param accessKeyId the identity of the key
 * @param accessKeyIdFile a file that holds it
 * @param secretAccessKey the key
 * @param secretAccessKeyFile a file that holds it
 * @param sessionToken what belongs to a temporary key
 * @param sessionTokenFile a file that holds it
 */
@Doc(
        value = "Signs requests with AWS Signature Version 4, as Amazon Managed Service for Prometheus asks for it.",
        example = """
        Region: eu-central-1
        AccessKeyIdFile: /etc/millrace/access-key-id
        SecretAccessKeyFile: /etc/millrace/secret-access-key
        """)
public record SigV4Options(
        @Doc(value = "The region of the service, such as eu-central-1.", example = "eu-central-1")
        String region,

        @Doc("The name of the service in signatures; that of Amazon Managed Service for Prometheus is aps.")
        @Default("aps")
        String service,

        @Doc(value = "The identity of the key; it or AccessKeyIdFile is required.", example = "AKIDEXAMPLE")
        Optional<String> accessKeyId,

        @Doc(
                value = "A file that holds the identity of the key, read again when it changes.",
                example = "/etc/millrace/access-key-id")
        Optional<Path> accessKeyIdFile,

        @Doc(value = "The key; it or SecretAccessKeyFile is required.", example = "${env:SECRET_ACCESS_KEY:-secret}")
        Optional<Secret> secretAccessKey,

        @Doc(
                value = "A file that holds the key, read again when it changes.",
                example = "/etc/millrace/secret-access-key")
        Optional<Path> secretAccessKeyFile,

        @Doc(value = "The token that belongs to a temporary key.", example = "${env:SESSION_TOKEN:-secret}")
        Optional<Secret> sessionToken,

        @Doc(
                value = "A file that holds the token of a temporary key, read again when it changes.",
                example = "/etc/millrace/session-token")
        Optional<Path> sessionTokenFile)
        implements Faults {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    static final TextForm WORD = text -> text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 127)
            ? Optional.of("something else than visible ASCII characters (expected: one word of them)")
            : Optional.empty();

    public SigV4Options {
        checkName("region", region, "eu-central-1");
        checkName("service", service, "aps");
        SecretText.requireOne("accessKeyId", accessKeyId.map(Secret::new), accessKeyIdFile, WORD);
        SecretText.requireOne("secretAccessKey", secretAccessKey, secretAccessKeyFile, WORD);
        if (sessionToken.isPresent() || sessionTokenFile.isPresent()) {
            SecretText.requireOne("sessionToken", sessionToken, sessionTokenFile, WORD);
        }
    }

    private static void checkName(String component, String value, String example) {
        if (!NAME.matcher(value).matches()) {
            throw new InvalidOptionException(component, "'" + value + "' (expected: a name such as " + example + ")");
        }
    }

    @Override
    public List<Fault> faults() {
        return Stream.of(
                        SecretText.faults("accessKeyId", accessKeyIdFile, WORD),
                        SecretText.faults("secretAccessKey", secretAccessKeyFile, WORD),
                        SecretText.faults("sessionToken", sessionTokenFile, WORD))
                .flatMap(faults -> faults)
                .toList();
    }
}
