package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.certificates.PemFolder;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.TlsSettings;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates from files: what a server sees of them, and what is said where one of both sides does not agree. */
final class ClientCertificateTest {
    @TempDir
    Path temporary;

    private PemFolder folder;
    private X509Bundle authority;
    private X509Bundle server;

    @BeforeEach
    void prepare() throws Exception {
        folder = new PemFolder(temporary);
        authority = PemFolder.authority("us");
        server = PemFolder.signed("server", authority);
        folder.certificate("ca.pem", authority);
    }

    private void show(X509Bundle client) {
        folder.certificate("client.crt", client);
        folder.key("client.key", client);
    }

    private Optional<Path> file(String name) {
        return Optional.of(temporary.resolve(name)).filter(Files::exists);
    }

    /** Settings with those of the files ca.pem, client.crt and client.key that are there. */
    private TlsSettings settings(Optional<String> serverName, boolean insecure, TlsSettings.Version minVersion) {
        return new TlsSettings(
                file("ca.pem"),
                file("client.crt"),
                file("client.key"),
                Optional.empty(),
                serverName,
                insecure,
                minVersion);
    }

    private HttpClientSettings settings() {
        return HttpClientSettings.DEFAULT.with(settings(Optional.empty(), false, TlsSettings.Version.TLS12));
    }

    private static String answer(PooledClient client, TlsServer from) throws Exception {
        return text(get(client.send(post(from.uri(), "body"), LONG)));
    }

    private static Throwable refusal(HttpClientSettings settings, TlsServer by) throws Exception {
        try (TransportFixture fixture = new TransportFixture()) {
            Throwable failure = failureOf(fixture.transport.client(settings).send(post(by.uri(), "body"), LONG));
            assertThat(failure).hasMessageStartingWith("127.0.0.1:" + by.port() + ": ");
            return failure;
        }
    }

    @Test
    void theServerSeesTheCertificate() throws Exception {
        show(PemFolder.signed("client", authority));
        try (TlsServer demanding = new TlsServer(server, authority, "TLSv1.3", "TLSv1.2");
                TransportFixture fixture = new TransportFixture()) {
            assertThat(answer(fixture.transport.client(settings()), demanding)).endsWith("body");
            assertThat(demanding.clients()).containsExactly("CN=client");
        }
    }

    /* With TLS 1.3 a server may close before the client has read why; with 1.2 the client waits for the server's word. */
    @Test
    void saysThatTheServerDemandsACertificate() throws Exception {
        try (TlsServer demanding = new TlsServer(server, authority, "TLSv1.2")) {
            assertThat(refusal(settings(), demanding))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageContaining("CertFile");
        }
    }

    @Test
    void saysThatTheServerDoesNotAcceptTheCertificate() throws Exception {
        show(PemFolder.signed("client", authority, Instant.now().minus(Duration.ofDays(1))));
        try (TlsServer demanding = new TlsServer(server, authority, "TLSv1.2")) {
            assertThat(refusal(settings(), demanding))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageContaining("the server does not accept the client certificate in "
                            + temporary.resolve("client.crt") + " (TLS alert certificate_")
                    .hasMessageEndingWith("; check that it has not expired, and that the server trusts its authority");
        }
    }

    @Test
    void namesTheFileOfAuthoritiesThatDidNotSign() throws Exception {
        folder.certificate("ca.pem", PemFolder.authority("others"));
        try (TlsServer plain = new TlsServer(server)) {
            assertThat(refusal(settings(), plain))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageContaining("the server's certificate is not signed by an authority in "
                            + temporary.resolve("ca.pem") + " (");
        }
    }

    @Test
    void theServerNameReplacesThatOfTheUrl() throws Exception {
        try (TlsServer plain = new TlsServer(server);
                TransportFixture fixture = new TransportFixture()) {
            TlsSettings right = settings(Optional.of("server.example"), false, TlsSettings.Version.TLS12);
            assertThat(answer(fixture.transport.client(HttpClientSettings.DEFAULT.with(right)), plain))
                    .endsWith("body");
            TlsSettings wrong = settings(Optional.of("other.example"), false, TlsSettings.Version.TLS12);
            assertThat(refusal(HttpClientSettings.DEFAULT.with(wrong), plain))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageContaining(
                            "the server's certificate is not made for 'other.example'; if the server is the"
                                    + " right one, set ServerName to a name in it (");
        }
    }

    @Test
    void anyCertificateIsAcceptedWhereVerificationIsOff() throws Exception {
        folder.certificate("ca.pem", PemFolder.authority("others"));
        TlsSettings insecure = settings(Optional.of("other.example"), true, TlsSettings.Version.TLS12);
        try (TlsServer plain = new TlsServer(server);
                TransportFixture fixture = new TransportFixture()) {
            assertThat(answer(fixture.transport.client(HttpClientSettings.DEFAULT.with(insecure)), plain))
                    .endsWith("body");
        }
    }

    @Test
    void saysThatTheServerSpeaksNoVersionThatIsAllowed() throws Exception {
        try (TlsServer old = new TlsServer(server, null, "TLSv1.2")) {
            TlsSettings newest = settings(Optional.empty(), false, TlsSettings.Version.TLS13);
            assertThat(refusal(HttpClientSettings.DEFAULT.with(newest), old))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageEndingWith(": the server does not speak TLS 1.3, which MinVersion demands");
        }
    }

    @Test
    void saysThatAServerForPlainRequestsSpeaksTls() throws Exception {
        try (TlsServer plain = new TlsServer(server);
                TransportFixture fixture = new TransportFixture()) {
            java.net.URI uri = java.net.URI.create("http://127.0.0.1:" + plain.port() + "/write");
            assertThat(failureOf(fixture.client().send(post(uri, "body"), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessage(
                            "127.0.0.1:" + plain.port() + ": the server speaks TLS (is it https:// and not http://?)");
        }
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        HttpClientSettings settings = settings();
        Files.delete(temporary.resolve("ca.pem"));
        try (TlsServer plain = new TlsServer(server)) {
            assertThat(refusal(settings, plain))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageEndingWith(": " + temporary.resolve("ca.pem") + ": no such file");
        }
    }
}
