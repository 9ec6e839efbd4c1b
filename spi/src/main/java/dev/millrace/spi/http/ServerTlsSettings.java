package dev.millrace.spi.http;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a listener encrypts its connections; also the options of a plugin, under a key such as {@code Tls}. Clients choose
 * HTTP/2 or HTTP/1.1 by ALPN.
 *
 * <p>The host loads the files when it reads the options, and again while they are in use, as those of {@link TlsSettings}.
 *
 * @param certFile the server's certificate, in PEM, and those between it and its authority
 * @param keyFile the private key of that certificate, in PEM
 * @param keyPassword what the key is encrypted with
 * @param clientCaFile certificates, in PEM, of the authorities that clients are trusted by
 * @param clientAuth whether clients have to show a certificate
 * @param minVersion the oldest version that is spoken
 */
@Doc(value = "How connections of clients are encrypted.", example = """
        CertFile: certificates/server.pem
        KeyFile: certificates/server.key
        """)
public record ServerTlsSettings(
        @Doc(
                value = "The server's certificate (PEM), followed by those between it and its authority.",
                example = "certificates/server.pem")
        Path certFile,

        @Doc(value = "The private key (PEM) of that certificate.", example = "certificates/server.key")
        Path keyFile,

        @Doc(value = "What the private key is encrypted with; never printed.", example = "${env:KEY_PASSWORD:-secret}")
        Optional<Secret> keyPassword,

        @Doc(
                value = "Certificates (PEM) of the authorities that clients are trusted by.",
                example = "certificates/clients.pem")
        Optional<Path> clientCaFile,

        @Doc(
                "Whether clients show a certificate that ClientCaFile's authorities signed: none is asked for one, one that has"
                        + " none is served all the same (request), or is not (require).")
        @Default("none")
        ClientAuth clientAuth,

        @Doc("The oldest version that is spoken: tls12 or tls13.") @Default("tls12")
        TlsSettings.Version minVersion) {

    /** Whether clients have to show a certificate. */
    public enum ClientAuth {
        /** They are not asked for one. */
        NONE,
        /** They are asked for one, and served without; one that is not trusted is refused. */
        REQUEST,
        /** They are refused without one. */
        REQUIRE
    }

    public ServerTlsSettings {
        if (clientAuth != ClientAuth.NONE && clientCaFile.isEmpty()) {
            throw new InvalidOptionException(
                    "clientAuth", "no ClientCaFile beside it (expected: the authorities of the clients)");
        }
        if (clientAuth == ClientAuth.NONE && clientCaFile.isPresent()) {
            throw new InvalidOptionException(
                    "clientCaFile", "nobody is asked for a certificate (expected: ClientAuth: require, or request)");
        }
    }
}
