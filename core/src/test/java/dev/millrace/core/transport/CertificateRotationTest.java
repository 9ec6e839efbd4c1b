package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.certificates.PemFolder;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.TlsSettings;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are in use. */
final class CertificateRotationTest {
    @TempDir
    Path temporary;

    private PemFolder folder;
    private X509Bundle authority;
    private TlsSettings settings;

    @BeforeEach
    void prepare() throws Exception {
        folder = new PemFolder(temporary);
        authority = PemFolder.authority("us");
        settings = new TlsSettings(
                Optional.of(folder.certificate("ca.pem", authority)),
                Optional.of(temporary.resolve("client.crt")),
                Optional.of(temporary.resolve("client.key")),
                Optional.empty(),
                Optional.empty(),
                false,
                TlsSettings.Version.TLS12);
        show("first");
    }

    private void show(String name) throws Exception {
        X509Bundle client = PemFolder.signed(name, authority);
        folder.certificate("client.crt", client);
        folder.key("client.key", client);
    }

    @Test
    void aRenewedCertificateIsShownWithoutARequestThatFails() throws Exception {
        try (TlsServer server = new TlsServer(PemFolder.signed("server", authority), authority, "TLSv1.3", "TLSv1.2");
                TransportFixture fixture = new TransportFixture()) {
            PooledClient client = fixture.transport.client(HttpClientSettings.DEFAULT.with(settings));
            send(client, server);
            assertThat(server.clients()).containsExactly("CN=first");

            show("second");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!server.clients().contains("CN=second") && System.nanoTime() < deadline) {
                send(client, server);
            }
            assertThat(server.clients()).contains("CN=second");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    private static void send(PooledClient client, TlsServer server) throws Exception {
        assertThat(text(get(client.send(post(server.uri(), "body"), LONG)))).endsWith("body");
    }

    @Test
    void whatCanNotBeUsedChangesNothing() throws Exception {
        AtomicLong now = new AtomicLong();
        Tls tls = new Tls(settings, now::get);
        RenewedTls.Current first = tls.current();

        now.addAndGet(Duration.ofSeconds(3).toNanos());
        Files.delete(temporary.resolve("client.key"));
        assertThat(tls.isDue()).isTrue();
        assertThat(tls.current()).isEqualTo(first);
        assertThat(tls.isDue()).isFalse();

        folder.write("client.key", "half a k");
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(tls.current()).isEqualTo(first);

        show("second");
        assertThat(tls.current()).as("it is not time to look").isEqualTo(first);
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        RenewedTls.Current second = tls.current();
        assertThat(second.generation()).isEqualTo(first.generation() + 1);
        assertThat(second.context()).isNotSameAs(first.context());

        now.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(tls.current()).isEqualTo(second);
    }

    @Test
    void saysOnceThatTheFilesWereTakenAnew() throws Exception {
        Files.delete(temporary.resolve("client.key"));
        Tls tls = new Tls(settings, System::nanoTime);
        assertThat(tls.isRenewed()).isFalse();
        show("second");
        assertThat(tls.isRenewed()).isTrue();
        assertThat(tls.isRenewed()).isFalse();
        folder.write("ca.pem", "half a c");
        assertThat(tls.isRenewed()).isFalse();
        folder.certificate("ca.pem", PemFolder.authority("them"));
        assertThat(tls.isRenewed()).isTrue();
    }

    @Test
    void doesNotTakeTheFirstLookForNews() throws Exception {
        Tls tls = new Tls(settings, System::nanoTime);
        assertThat(tls.isRenewed()).isFalse();
        assertThat(tls.isRenewed()).isFalse();
    }

    @Test
    void filesThatAreNotThereYetAreLookedForAgain() throws Exception {
        Path key = temporary.resolve("client.key");
        byte[] content = Files.readAllBytes(key);
        Files.delete(key);
        Tls tls = new Tls(settings, System::nanoTime);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(tls::current))
                .isInstanceOf(IOException.class)
                .hasMessage(key + ": no such file");
        Files.write(key, content);
        assertThat(tls.current().generation()).isZero();
    }
}
