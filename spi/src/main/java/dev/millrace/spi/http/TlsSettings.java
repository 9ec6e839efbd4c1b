package dev.millrace.spi.http;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client encrypts its connections; also the options of a plugin, under a key such as {@code Tls}. What is PEM stands in
 * a file or in the settings themselves.
 *
 * <p>The host loads the files when it reads the options, and reports what is wrong with them at their keys. Afterwards it
 * looks at them every few seconds while they are in use: new content is taken for new connections, and what can not be
 * used changes nothing.
 *
 * @param ca certificates, in PEM, of the authorities that servers are trusted by, instead of the JVM's
 * @param caFile a file with them
 * @param cert the client's certificate, in PEM, and those between it and its authority
 * @param certFile a file with them
 * @param key the private key of that certificate, in PEM
 * @param keyFile a file with it
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
                value =
                        "Certificates (PEM) of the authorities that servers are trusted by, instead of the JVM's; or CaFile.",
                example = "${file:/etc/millrace/authorities.pem}")
        Optional<String> ca,

        @Doc(
                value = "Certificates (PEM) of the authorities that servers are trusted by, instead of the JVM's.",
                example = "certificates/authorities.pem")
        Optional<Path> caFile,

        @Doc(
                value = "The client's certificate (PEM), followed by those between it and its authority; or CertFile.",
                example = "${file:/etc/millrace/client.pem}")
        Optional<String> cert,

        @Doc(
                value = "The client's certificate (PEM), followed by those between it and its authority.",
                example = "certificates/client.pem")
        Optional<Path> certFile,

        @Doc(
                value = "The private key (PEM) of that certificate; or KeyFile. Never printed.",
                example = "${file:/etc/millrace/client.key}")
        Optional<Secret> key,

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
        checkOne("ca", ca.isPresent(), "CaFile", caFile.isPresent());
        checkOne("cert", cert.isPresent(), "CertFile", certFile.isPresent());
        checkOne("key", key.isPresent(), "KeyFile", keyFile.isPresent());
        boolean hasCertificate = cert.isPresent() || certFile.isPresent();
        boolean hasKey = key.isPresent() || keyFile.isPresent();
        if (hasCertificate && !hasKey) {
            throw new InvalidOptionException(
                    cert.isPresent() ? "cert" : "certFile", "no KeyFile beside it (expected: both or neither)");
        }
        if (hasKey && !hasCertificate) {
            throw new InvalidOptionException(
                    key.isPresent() ? "key" : "keyFile", "no CertFile beside it (expected: both or neither)");
        }
        if (keyPassword.isPresent() && !hasKey) {
            throw new InvalidOptionException("keyPassword", "no KeyFile beside it (expected: one that is encrypted)");
        }
        if (serverName.filter(TlsSettings::isNoName).isPresent()) {
            throw new InvalidOptionException(
                    "serverName", "'" + serverName.get() + "' (expected: a host name, without port)");
        }
    }

    /** Settings whose PEM stands in files. */
    public TlsSettings(
            Optional<Path> caFile,
            Optional<Path> certFile,
            Optional<Path> keyFile,
            Optional<Secret> keyPassword,
            Optional<String> serverName,
            boolean insecureSkipVerify,
            Version minVersion) {
        this(
                Optional.empty(),
                caFile,
                Optional.empty(),
                certFile,
                Optional.empty(),
                keyFile,
                keyPassword,
                serverName,
                insecureSkipVerify,
                minVersion);
    }

    private static void checkOne(String component, boolean given, String file, boolean fileGiven) {
        if (given && fileGiven) {
            throw new InvalidOptionException(component, "beside " + file + " (expected: one of them)");
        }
    }

    private static boolean isNoName(String name) {
        return name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/' || c == ',');
    }
}
