package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.loopback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.certificates.PemFolder;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.Peer;
import dev.millrace.spi.http.ServerTlsSettings;
import dev.millrace.spi.http.ServerTlsSettings.ClientAuth;
import dev.millrace.spi.http.TlsSettings;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that encrypt, asked by the JDK's client. */
final class ServerTlsTest {
    private static final HttpHandler WHO = request -> CompletableFuture.completedFuture(
            HttpResponse.text(200, who(request.peer().orElseThrow())));

    private final TransportFixture fixture = new TransportFixture();

    @TempDir
    Path temporary;

    private PemFolder folder;
    private X509Bundle authority;
    private Path authorityFile;

    @BeforeEach
    void prepare() throws Exception {
        folder = new PemFolder(temporary);
        authority = PemFolder.authority("us");
        authorityFile = folder.certificate("ca.pem", authority);
        show("first");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void show(String name) throws Exception {
        X509Bundle server = PemFolder.signed(name, authority);
        folder.certificate("server.crt", server);
        folder.key("server.key", server);
    }

    private static String who(Peer peer) {
        return peer.protocol() + " " + peer.encrypted() + " "
                + peer.certificate().map(Peer.Certificate::subject).orElse("nobody");
    }

    private ServerTlsSettings settings(ClientAuth auth) {
        return new ServerTlsSettings(
                temporary.resolve("server.crt"),
                temporary.resolve("server.key"),
                Optional.empty(),
                auth == ClientAuth.NONE ? Optional.empty() : Optional.of(authorityFile),
                auth,
                TlsSettings.Version.TLS12);
    }

    private Registration serve(String owner, String path, ServerTlsSettings tls, OptionalInt connections)
            throws IOException {
        return fixture.transport.serve(
                loopback(0), new Route(owner, path, 1000, WHO, Optional.of(tls), connections, () -> {}, null));
    }

    private Registration serve(ClientAuth auth) throws IOException {
        return serve("test", "/", settings(auth), OptionalInt.empty());
    }

    private HttpClient client(@Nullable X509Bundle identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("us", authority.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                identity == null ? null : identity.toKeyManagerFactory().getKeyManagers(),
                trust.getTrustManagers(),
                new SecureRandom());
        return HttpClient.newBuilder().sslContext(context).connectTimeout(LONG).build();
    }

    private static String ask(HttpClient client, Registration registration) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + registration.address().getPort() + "/");
        return client.send(
                        HttpRequest.newBuilder(uri).timeout(LONG).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void speaksBothProtocolsAsTheClientChooses() throws Exception {
        Registration registration = serve(ClientAuth.NONE);
        HttpClient client = client(null);
        assertThat(ask(client, registration)).isEqualTo("HTTP/2 true nobody");
        HttpClient older = HttpClient.newBuilder()
                .sslContext(client.sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertThat(ask(older, registration)).isEqualTo("HTTP/1.1 true nobody");
    }

    @Test
    void knowsAClientByItsCertificate() throws Exception {
        Registration registration = serve(ClientAuth.REQUEST);
        assertThat(ask(client(null), registration)).isEqualTo("HTTP/2 true nobody");
        assertThat(ask(client(PemFolder.signed("shop", authority)), registration))
                .isEqualTo("HTTP/2 true CN=shop");
    }

    @Test
    void refusesAClientWithoutACertificateThatItTrusts() throws Exception {
        Registration registration = serve(ClientAuth.REQUIRE);
        assertThat(ask(client(PemFolder.signed("shop", authority)), registration))
                .isEqualTo("HTTP/2 true CN=shop");
        X509Bundle stranger = PemFolder.signed("shop", PemFolder.authority("others"));
        assertThatThrownBy(() -> ask(client(null), registration)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(client(stranger), registration)).isInstanceOf(IOException.class);
    }

    @Test
    void tellsTheHandlerOtherNamesOfTheClient() throws Exception {
        CompletableFuture<Peer> seen = new CompletableFuture<>();
        Registration registration = fixture.transport.serve(
                loopback(0),
                new Route(
                        "test",
                        "/",
                        0,
                        request -> {
                            seen.complete(request.peer().orElseThrow());
                            return WHO.handle(request);
                        },
                        Optional.of(settings(ClientAuth.REQUIRE)),
                        OptionalInt.empty(),
                        () -> {},
                        null));
        ask(client(PemFolder.signed("shop", authority)), registration);
        assertThat(seen.get().certificate().orElseThrow().names()).contains("IP:127.0.0.1");
        assertThat(seen.get().address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void takesANewCertificateForNewConnections() throws Exception {
        Registration registration = serve(ClientAuth.NONE);
        assertThat(shownBy(registration)).isEqualTo("CN=first");
        show("second");
        TransportFixture.await(() -> shownBy(registration).equals("CN=second"));
    }

    /* Over a connection that is closed again: there may be so many at a time. */
    private String shownBy(Registration registration) {
        try (SSLSocket socket = (SSLSocket) client(null)
                .sslContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", registration.address().getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void componentsAtOneAddressHaveToAgree() throws Exception {
        Registration first = serve("a", "/a", settings(ClientAuth.NONE), OptionalInt.empty());
        serve("b", "/b", settings(ClientAuth.NONE), OptionalInt.empty());
        assertThatThrownBy(() -> serve("c", "/c", settings(ClientAuth.REQUEST), OptionalInt.empty()))
                .hasMessageEndingWith("served for b with other TLS settings already (expected: the same settings, or"
                        + " another port)");
        assertThatThrownBy(() -> fixture.transport.serve(loopback(0), new Route("c", "/c", 0, WHO)))
                .isInstanceOf(IOException.class);
        assertThat(ask(client(null), first)).isNotEmpty();
    }

    @Test
    void aSuccessorChangesTheEncryptionAndAFailedOneChangesItBack() throws Exception {
        Registration plain = fixture.transport.serve(loopback(0), new Route("test", "/", 0, WHO));
        Registration encrypted = serve(ClientAuth.NONE);
        assertThat(ask(client(null), encrypted)).isEqualTo("HTTP/2 true nobody");
        encrypted.close();
        try (RawClient client = new RawClient(plain.address())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("nobody")).endsWith("HTTP/1.1 false nobody");
        }
    }

    @Test
    void aFileThatCanNotBeUsedIsNamed() throws Exception {
        Files.writeString(temporary.resolve("server.key"), "damaged");
        assertThatThrownBy(() -> serve(ClientAuth.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("server.key: no private key in it");
    }

    @Test
    void closesAClientThatDoesNotSpeakTls() throws Exception {
        Registration registration = serve(ClientAuth.NONE);
        try (RawClient client = new RawClient(registration.address())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            client.readAll();
        }
        assertThat(ask(client(null), registration)).isNotEmpty();
    }

    @Test
    void grantsAsManyConnectionsAsTheRouteSays() throws Exception {
        Registration registration = serve("test", "/", settings(ClientAuth.NONE), OptionalInt.of(1));
        try (RawClient only = new RawClient(registration.address())) {
            only.send("\u0016");
            TransportFixture.await(() -> closedAtOnce(registration));
        }
    }

    private static boolean closedAtOnce(Registration registration) {
        try (RawClient another = new RawClient(registration.address())) {
            another.socket().setSoTimeout(200);
            return another.readAll().isEmpty();
        } catch (IOException open) {
            return false;
        }
    }
}
