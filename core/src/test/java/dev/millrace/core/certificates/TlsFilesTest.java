package dev.millrace.core.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.TlsSettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that can be used, and what is said of the others. */
final class TlsFilesTest {
    /** What {@code openssl ecparam -name prime256v1 -genkey} wrote. */
    private static final String SEC1 = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEICeQU3gg4LBd7g3APHqLxudSgtyCDMQkovS67Z7RMq5coAoGCCqGSM49
            AwEHoUQDQgAEWUmmNs2ION+C//FJe9rIQljvAYCdLcSh8IfzIG6N5p/lB8sUL5dY
            8ILPrGNEeMk9ws/7m4eRGGXs3ZDy51vctw==
            -----END EC PRIVATE KEY-----
            """;

    /** The same key, as {@code openssl pkcs8 -topk8} wrote it with the password hunter2. */
    private static final String ENCRYPTED = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhZmX48DjOvlAICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENV7gx/b1lNXm2sO+LroPe0EgZCF
            A7OwSL/Njd3qc6gVvYHmnpVXZPB/9jEKeL05ZQ0aC6ObznA4zf0lqn0LbBfvmMvf
            8WyOgHwOy1DIVuROym/9B4j4vOOM2TqzR3u4lX/ka86Mncvyft9lqAkR/MVfHGcG
            PCEUZyxuNScxlssBB17kKLZ+hqAoryStmrO5CWknsU4fIL0sIKmAj7EdoTuhPk4=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    private static final int PKCS8_HEADER_OF_RSA_2048 = 26;

    @TempDir
    Path temporary;

    private PemFolder folder;
    private X509Bundle authority;

    @BeforeEach
    void prepare() throws Exception {
        folder = new PemFolder(temporary);
        authority = PemFolder.authority("us");
    }

    private static NamedFiles settings(Path certificate, Path key, String password) {
        return NamedFiles.of(new TlsSettings(
                Optional.empty(),
                Optional.of(certificate),
                Optional.of(key),
                Optional.ofNullable(password).map(Secret::new),
                Optional.empty(),
                false,
                TlsSettings.Version.TLS12));
    }

    private static NamedFiles trusting(Path file) {
        return NamedFiles.of(new TlsSettings(
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                TlsSettings.Version.TLS12));
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    @ParameterizedTest
    @EnumSource(names = {"ecp256", "rsa2048", "ed25519"})
    void readsAKeyOfPkcs8WithItsCertificates(CertificateBuilder.Algorithm algorithm) throws Exception {
        X509Bundle client = new CertificateBuilder()
                .subject("CN=client")
                .algorithm(algorithm)
                .buildIssuedBy(authority);
        TlsFiles files =
                TlsFiles.read(settings(folder.certificate("a.crt", client), folder.key("a.key", client), null));

        ClientIdentity identity = files.identity().orElseThrow();
        assertThat(identity.certificate()).isEqualTo(client.getCertificate());
        assertThat(identity.key()).isEqualTo(client.getKeyPair().getPrivate());
    }

    @Test
    void takesWhatStandsInTheSettingsThemselves() throws Exception {
        X509Bundle client = PemFolder.signed("client", authority);
        TlsFiles files = TlsFiles.read(
                given(authority.getCertificatePEM(), client.getCertificatePEM(), client.getPrivateKeyPEM()));

        assertThat(files.authorities()).containsExactly(authority.getCertificate());
        assertThat(files.identity().orElseThrow().key())
                .isEqualTo(client.getKeyPair().getPrivate());
        assertThat(TlsFiles.problems(given("none", client.getCertificatePEM(), authority.getPrivateKeyPEM())))
                .extracting(InvalidOptionException::component, Throwable::getMessage)
                .containsExactly(
                        tuple("ca", "no certificate in it (expected: PEM, -----BEGIN CERTIFICATE-----)"),
                        tuple("key", "its key is not that of the first certificate in cert"));
    }

    private static NamedFiles given(String authorities, String certificate, String key) {
        return NamedFiles.of(new TlsSettings(
                Optional.of(authorities),
                Optional.empty(),
                Optional.of(certificate),
                Optional.empty(),
                Optional.of(new Secret(key)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                TlsSettings.Version.TLS12));
    }

    @Test
    void readsCertificateAndKeyFromOneFileWithTextBetween() throws Exception {
        X509Bundle client = PemFolder.signed("client", authority);
        Path both = folder.write(
                "both.pem", "Bag Attributes\n" + client.getPrivateKeyPEM() + "\nissuer\n" + client.getCertificatePEM());

        assertThat(TlsFiles.read(settings(both, both, null)).identity()).isPresent();
    }

    @Test
    void readsAKeyOfPkcs1() throws Exception {
        X509Bundle client = new CertificateBuilder()
                .subject("CN=client")
                .algorithm(CertificateBuilder.Algorithm.rsa2048)
                .buildIssuedBy(authority);
        byte[] pkcs8 = client.getKeyPair().getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEADER_OF_RSA_2048, pkcs8.length);
        Path key = folder.write("a.key", pem("RSA PRIVATE KEY", pkcs1));

        assertThat(TlsFiles.read(settings(folder.certificate("a.crt", client), key, null))
                        .identity()
                        .orElseThrow()
                        .key())
                .isEqualTo(client.getKeyPair().getPrivate());
    }

    @Test
    void readsAKeyOfSec1() throws Exception {
        assertThat(PrivateKeys.of(PemFile.parse(SEC1), Optional.empty()).getAlgorithm())
                .isEqualTo("EC");
    }

    @Test
    void saysHowToConvertADamagedKeyOfSec1() {
        String cut = SEC1.replace("8ILPrGNEeMk9ws/7m4eRGGXs3ZDy51vctw==\n", "");

        assertThatThrownBy(() -> PrivateKeys.of(PemFile.parse(cut), Optional.empty()))
                .hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void readsAnEncryptedKeyWithItsPasswordOnly() throws Exception {
        PemFile file = PemFile.parse(ENCRYPTED);

        assertThat(((ECPrivateKey) PrivateKeys.of(file, Optional.of(new Secret("hunter2")))).getS())
                .isEqualTo(((ECPrivateKey) PrivateKeys.of(PemFile.parse(SEC1), Optional.empty())).getS());
        assertThatThrownBy(() -> PrivateKeys.of(file, Optional.of(new Secret("hunter3"))))
                .hasMessageStartingWith("its key cannot be decrypted with KeyPassword (")
                .hasMessageNotContaining("hunter");
        assertThatThrownBy(() -> PrivateKeys.of(file, Optional.empty()))
                .hasMessage("its key is encrypted (expected: KeyPassword)");
    }

    @Test
    void saysHowToConvertAnOldEncryption() throws Exception {
        X509Bundle client = PemFolder.signed("client", authority);
        Path key = folder.write("a.key", """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,4F2C

                bm8ga2V5
                -----END RSA PRIVATE KEY-----
                """);

        assertThatThrownBy(() -> TlsFiles.read(settings(folder.certificate("a.crt", client), key, "x")))
                .hasMessage(key + ": its key is encrypted in an old form; convert it with: openssl pkcs8 -topk8 -in OLD"
                        + " -out NEW");
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        Path certificate = folder.certificate("a.crt", PemFolder.signed("client", authority));
        Path key = folder.key("b.key", PemFolder.signed("other", authority));

        assertThatThrownBy(() -> TlsFiles.read(settings(certificate, key, null)))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo("keyFile"))
                .hasMessage(key + ": its key is not that of the first certificate in " + certificate);
    }

    @Test
    void namesTheFileThatCanNotBeUsedAndWhy() throws Exception {
        Path missing = temporary.resolve("missing.pem");
        Path text = folder.write("text.pem", "not a certificate");
        Path damaged = folder.write("damaged.pem", pem("CERTIFICATE", new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> TlsFiles.read(trusting(missing)))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo("caFile"))
                .hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> TlsFiles.read(trusting(temporary)))
                .hasMessage(temporary + ": a folder (expected: a file)");
        assertThatThrownBy(() -> TlsFiles.read(trusting(text)))
                .hasMessage(text + ": no certificate in it (expected: PEM, -----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> TlsFiles.read(trusting(damaged)))
                .hasMessageStartingWith(damaged + ": certificate 1 in it is damaged: ");
    }

    @Test
    void theFingerprintChangesWithTheContent() throws Exception {
        Path file = folder.certificate("ca.pem", authority);
        String before = TlsFiles.fingerprint(trusting(file));
        assertThat(TlsFiles.fingerprint(trusting(file))).isEqualTo(before);

        folder.certificate("ca.pem", PemFolder.authority("others"));
        assertThat(TlsFiles.fingerprint(trusting(file))).isNotEqualTo(before);
        Files.delete(file);
        assertThat(TlsFiles.fingerprint(trusting(file))).isNotEqualTo(before);
    }
}
