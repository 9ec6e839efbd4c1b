package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Certificates that a client accepts, and what it says about the others. */
final class TlsTest {
    private final Instant now = Instant.now();

    private static X509Bundle certificate(String address, Instant until) throws Exception {
        return new CertificateBuilder()
                .subject("CN=a test")
                .setIsCertificateAuthority(true)
                .addSanIpAddress(address)
                .notBefore(until.minus(Duration.ofDays(10)))
                .notAfter(until)
                .buildSelfSigned();
    }

    private static RawServer server(X509Bundle certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        return new RawServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                connection -> {
                    String request;
                    while (!(request = connection.readRequest()).isEmpty()) {
                        connection.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: " + request.length() + "\r\n\r\n" + request);
                    }
                });
    }

    private static SslContext trusting(X509Bundle certificate) throws Exception {
        return SslContextBuilder.forClient()
                .trustManager(certificate.toTrustManagerFactory())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
    }

    private static URI uri(RawServer server) {
        return URI.create("https://127.0.0.1:" + server.port() + "/write");
    }

    @Test
    void sendsOverAVerifiedConnectionAndKeepsIt() throws Exception {
        X509Bundle certificate = certificate("127.0.0.1", now.plus(Duration.ofDays(1)));
        try (RawServer server = server(certificate);
                TransportFixture fixture = new TransportFixture(trusting(certificate))) {
            PooledClient client = fixture.client();
            String body = "x".repeat(500_000);
            for (int i = 0; i < 3; i++) {
                assertThat(text(get(client.send(post(uri(server), body), LONG))))
                        .startsWith("POST /write HTTP/1.1")
                        .endsWith(body);
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void saysThatNoTrustedAuthoritySignedTheCertificate() throws Exception {
        X509Bundle certificate = certificate("127.0.0.1", now.plus(Duration.ofDays(1)));
        try (RawServer server = server(certificate);
                TransportFixture fixture = new TransportFixture()) {
            assertThat(failureOf(fixture.client().send(HttpRequest.get(uri(server)), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageStartingWith("127.0.0.1:" + server.port()
                            + ": the server's certificate is not signed by an authority that this JVM trusts; name the"
                            + " authority's certificate in CaFile, or add it to the JVM's trust store (");
        }
    }

    @Test
    void saysThatTheCertificateIsForAnotherServer() throws Exception {
        X509Bundle certificate = certificate("127.0.0.2", now.plus(Duration.ofDays(1)));
        try (RawServer server = server(certificate);
                TransportFixture fixture = new TransportFixture(trusting(certificate))) {
            assertThat(failureOf(fixture.client().send(HttpRequest.get(uri(server)), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageStartingWith("127.0.0.1:" + server.port()
                            + ": the server's certificate is not made for '127.0.0.1'; if the"
                            + " server is the right one, set ServerName to a name in it (");
        }
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        X509Bundle authority = certificate("127.0.0.3", now.plus(Duration.ofDays(1)));
        X509Bundle expired = new CertificateBuilder()
                .subject("CN=expired")
                .addSanIpAddress("127.0.0.1")
                .notBefore(now.minus(Duration.ofDays(9)))
                .notAfter(now.minus(Duration.ofDays(1)))
                .buildIssuedBy(authority);
        try (RawServer server = server(expired);
                TransportFixture fixture = new TransportFixture(trusting(authority))) {
            assertThat(failureOf(fixture.client().send(HttpRequest.get(uri(server)), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessageStartingWith("127.0.0.1:" + server.port() + ": the server's certificate has expired (");
        }
    }

    @Test
    void saysThatTheServerDoesNotSpeakTls() throws Exception {
        try (RawServer server = new RawServer(connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
                TransportFixture fixture = new TransportFixture()) {
            assertThat(failureOf(fixture.client().send(HttpRequest.get(uri(server)), LONG)))
                    .isInstanceOf(HttpConfigurationException.class)
                    .hasMessage("127.0.0.1:" + server.port()
                            + ": the server does not speak TLS (is it http:// and not https://?)");
        }
    }
}
