package dev.millrace.spi.http;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client encrypts its connections; also the options of a plugin, under a key such as {@code Tls}.
 *
 * <p>The host loads the files when it reads the options, and reports what is wrong with them at their keys. Afterwards it
 * looks at them every few seconds while they are in use: new content is taken for new connections, and what can not be
 * used changes nothing.
 *
 * @param caFile certificates, in PEM, of the authorities that servers are trusted by, instead of the JVM's
 * @param certFile the client's certificate, in PEM, and those between it and its authority
 * @param keyFile the private key of that certificate, in PEM
 * @param keyPassword what the key is encrypted with
 * @param serverName the name that the server's certificate has to have, and that the server is told, instead of the URL's
 * @param insecureSkipVerify whether any certificate of the server is accepted, whatever {@code caFile} says
 * @param minVersion the oldest version that is spoken
 */
@Doc(value = "How connections are encrypted.", example = """
        CaFile: certificates/authorities.pem
        CertFile: certificates/client.pem
        KeyFile: certificates/client.key
        """)
public record TlsSettings(
        @Doc(
                value = "Certificates (PEM) of the authorities that servers are trusted by, instead of the JVM's.",
                example = "certificates/authorities.pem")
        Optional<Path> caFile,

        @Doc(
                value = "The client's certificate (PEM), followed by those between it and its authority.",
                example = "certificates/client.pem")
        Optional<Path> certFile,

        @Doc(value = "The private key (PEM) of that certificate.", example = "certificates/client.key")
        Optional<Path> keyFile,

        @Doc(value = "What the private key is encrypted with; never printed.", example = "${env:KEY_PASSWORD:-secret}")
        Optional<Secret> keyPassword,

        @Doc(
                value = "The name that the server's certificate has to have, instead of the URL's.",
                example = "metrics.example.com")
        Optional<String> serverName,

        @Doc("Whether any certificate of the server is accepted, so that anybody can pretend to be it.")
        @Default("false")
        boolean insecureSkipVerify,

        @Doc("The oldest version that is spoken: tls12 or tls13.") @Default("tls12")
        Version minVersion) {

    /** What holds without any setting: the JVM's authorities, and no certificate of the client's own. */
    public static final TlsSettings DEFAULT = new TlsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Version.TLS12);

    /** A version of TLS. */
    public enum Version {
        /** TLS 1.2. */
        TLS12,
        /** TLS 1.3. */
        TLS13
    }

    public TlsSettings {
        if (certFile.isPresent() && keyFile.isEmpty()) {
            throw new InvalidOptionException("certFile", "no KeyFile beside it (expected: both or neither)");
        }
        if (keyFile.isPresent() && certFile.isEmpty()) {
            throw new InvalidOptionException("keyFile", "no CertFile beside it (expected: both or neither)");
        }
        if (keyPassword.isPresent() && keyFile.isEmpty()) {
            throw new InvalidOptionException("keyPassword", "no KeyFile beside it (expected: one that is encrypted)");
        }
        if (serverName.filter(TlsSettings::isNoName).isPresent()) {
            throw new InvalidOptionException(
                    "serverName", "'" + serverName.get() + "' (expected: a host name, without port)");
        }
    }

    private static boolean isNoName(String name) {
        return name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/' || c == ',');
    }
}
