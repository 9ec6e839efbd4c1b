package dev.millrace.core.certificates;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Certificates and keys for tests, as files in a folder. */
public record PemFolder(Path folder) {
    /** A certificate of an authority. */
    public static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .notBefore(Instant.now().minus(Duration.ofDays(10)))
                .notAfter(Instant.now().plus(Duration.ofDays(10)))
                .buildSelfSigned();
    }

    /** A certificate that an authority signed, for a client or the server 127.0.0.1, until some time. */
    public static X509Bundle signed(String name, X509Bundle authority, Instant until) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanIpAddress("127.0.0.1")
                .addSanDnsName(name + ".example")
                .notBefore(until.minus(Duration.ofDays(10)))
                .notAfter(until)
                .buildIssuedBy(authority);
    }

    /** A certificate that an authority signed, and that is good. */
    public static X509Bundle signed(String name, X509Bundle authority) throws Exception {
        return signed(name, authority, Instant.now().plus(Duration.ofDays(1)));
    }

    /** Writes a file; one that is there is replaced in one step. */
    public Path write(String name, String content) {
        try {
            Path next = Files.writeString(folder.resolve(name + ".next"), content);
            return Files.move(
                    next,
                    folder.resolve(name),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the certificates of a bundle. */
    public Path certificate(String name, X509Bundle bundle) {
        return write(name, bundle.getCertificatePathPEM());
    }

    /** Writes the key of a bundle, in PKCS#8. */
    public Path key(String name, X509Bundle bundle) {
        return write(name, bundle.getPrivateKeyPEM());
    }
}
