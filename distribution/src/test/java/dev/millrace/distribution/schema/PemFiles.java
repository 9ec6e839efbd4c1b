package dev.millrace.distribution.schema;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the examples of TLS name. */
final class PemFiles {
    private PemFiles() {}

    static void write(Path folder) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificates = Files.createDirectories(folder.resolve("certificates"));
        for (String file : List.of("authorities.pem", "client.pem", "server.pem", "clients.pem")) {
            Files.writeString(certificates.resolve(file), bundle.getCertificatePEM());
        }
        for (String file : List.of("client.key", "server.key")) {
            Files.writeString(certificates.resolve(file), bundle.getPrivateKeyPEM());
        }
    }
}
