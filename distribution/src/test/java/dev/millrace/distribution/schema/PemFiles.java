package dev.millrace.distribution.schema;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that the examples of TLS name. */
final class PemFiles {
    private PemFiles() {}

    static void write(Path folder) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificates = Files.createDirectories(folder.resolve("certificates"));
        Files.writeString(certificates.resolve("authorities.pem"), bundle.getCertificatePEM());
        Files.writeString(certificates.resolve("client.pem"), bundle.getCertificatePEM());
        Files.writeString(certificates.resolve("client.key"), bundle.getPrivateKeyPEM());
    }
}
