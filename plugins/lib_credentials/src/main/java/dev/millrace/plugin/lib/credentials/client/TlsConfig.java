package dev.millrace.plugin.lib.credentials.client;

import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.http.TlsOptions;
import dev.millrace.spi.http.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@link TlsSettings} with the keys of Prometheus.
 *
 * @param ca certificates, in PEM, of the authorities that servers are trusted by
 * @param caFile a file with them
 * @param cert the client's certificate, in PEM, and those between it and its authority
 * @param certFile a file with them
 * @param key the private key of that certificate, in PEM
 * @param keyFile a file with it
 * @param serverName the name that the server's certificate has to have
 * @param insecureSkipVerify whether any certificate of the server is accepted
 * @param minVersion the oldest version that is spoken; TLS 1.2 at least
 * @param maxVersion not used
 */
@Doc(value = "How connections are encrypted, where the URL says https.", example = """
        ca_file: certificates/authorities.pem
        cert_file: certificates/client.pem
        key_file: certificates/client.key
        """)
@SnakeCase
public record TlsConfig(
        @Doc(
                value = "Certificates (PEM) of the authorities that servers are trusted by, instead of the JVM's.",
                example = "${file:/etc/millrace/authorities.pem}")
        Optional<String> ca,

        @Doc(
                value = "A file with these certificates, read again when it changes.",
                example = "certificates/authorities.pem")
        Optional<Path> caFile,

        @Doc(
                value = "The client's certificate (PEM), followed by those between it and its authority.",
                example = "${file:/etc/millrace/client.pem}")
        Optional<String> cert,

        @Doc(value = "A file with this certificate, read again when it changes.", example = "certificates/client.pem")
        Optional<Path> certFile,

        @Doc(
                value = "The private key (PEM) of that certificate; never printed.",
                example = "${file:/etc/millrace/client.key}")
        Optional<Secret> key,

        @Doc(value = "A file with this key, read again when it changes.", example = "certificates/client.key")
        Optional<Path> keyFile,

        @Doc(
                value = "The name that the server's certificate has to have, instead of the URL's.",
                example = "metrics.example.com")
        Optional<String> serverName,

        @Doc("Whether any certificate of the server is accepted, so that anybody can pretend to be it.")
        @Default("false")
        boolean insecureSkipVerify,

        @Doc("The oldest version that is spoken; those before TLS 1.2 are not spoken, whatever it says.")
        @Choices({"TLS10", "TLS11", "TLS12", "TLS13"})
        @Default("TLS12")
        String minVersion,

        @Doc("the newest version that both sides know is spoken")
        Ignored maxVersion)
        implements TlsOptions {
    public TlsConfig {
        checkOne("ca", ca.isPresent(), caFile);
        checkOne("cert", cert.isPresent(), certFile);
        checkOne("key", key.isPresent(), keyFile);
        boolean hasCertificate = cert.isPresent() || certFile.isPresent();
        boolean hasKey = key.isPresent() || keyFile.isPresent();
        if (hasCertificate && !hasKey) {
            throw new InvalidOptionException(
                    cert.isPresent() ? "cert" : "certFile", "no key_file beside it (expected: both or neither)");
        }
        if (hasKey && !hasCertificate) {
            throw new InvalidOptionException(
                    key.isPresent() ? "key" : "keyFile", "no cert_file beside it (expected: both or neither)");
        }
        serverName = serverName.filter(name -> !name.isEmpty());
        var unused = settings(ca, caFile, cert, certFile, key, keyFile, serverName, insecureSkipVerify, minVersion);
    }

    private static void checkOne(String component, boolean given, Optional<Path> file) {
        if (given && file.isPresent()) {
            throw new InvalidOptionException(component, "beside " + component + "_file (expected: one of them)");
        }
    }

    /** Settings of PEM that is at hand, such as that of a kubeconfig. */
    public static TlsConfig of(
            Optional<String> ca,
            Optional<String> cert,
            Optional<Secret> key,
            Optional<String> serverName,
            boolean insecureSkipVerify) {
        return new TlsConfig(
                ca,
                Optional.empty(),
                cert,
                Optional.empty(),
                key,
                Optional.empty(),
                serverName,
                insecureSkipVerify,
                "TLS12",
                new Ignored());
    }

    @Override
    public TlsSettings settings() {
        return settings(ca, caFile, cert, certFile, key, keyFile, serverName, insecureSkipVerify, minVersion);
    }

    private static TlsSettings settings(
            Optional<String> ca,
            Optional<Path> caFile,
            Optional<String> cert,
            Optional<Path> certFile,
            Optional<Secret> key,
            Optional<Path> keyFile,
            Optional<String> serverName,
            boolean insecureSkipVerify,
            String minVersion) {
        return new TlsSettings(
                ca,
                caFile,
                cert,
                certFile,
                key,
                keyFile,
                Optional.empty(),
                serverName,
                insecureSkipVerify,
                minVersion.equals("TLS13") ? TlsSettings.Version.TLS13 : TlsSettings.Version.TLS12);
    }
}
