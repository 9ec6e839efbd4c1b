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
@Doc("Signs requests with AWS Signature Version 4, as Amazon Managed Service for Prometheus asks for it.")
public record SigV4Options(
        @Doc("The region of the service, such as eu-central-1.")
        String region,

        @Doc("The name of the service in signatures; that of Amazon Managed Service for Prometheus is aps.")
        @Default("aps")
        String service,

        @Doc("The identity of the key; it or AccessKeyIdFile is required.")
        Optional<String> accessKeyId,

        @Doc("A file that holds the identity of the key, read again when it changes.")
        Optional<Path> accessKeyIdFile,

        @Doc("The key; it or SecretAccessKeyFile is required.")
        Optional<Secret> secretAccessKey,

        @Doc("A file that holds the key, read again when it changes.")
        Optional<Path> secretAccessKeyFile,

        @Doc("The token that belongs to a temporary key.") Optional<Secret> sessionToken,

        @Doc("A file that holds the token of a temporary key, read again when it changes.")
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
