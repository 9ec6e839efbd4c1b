package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.certificates.PemFolder;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.ProxySettings;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a proxy is asked, and what its refusals mean. */
final class ProxyTest {
    private static HttpClientSettings through(int port, String userInfo) {
        return HttpClientSettings.DEFAULT.with(new ProxySettings(
                Optional.of(new Secret("http://" + userInfo + "127.0.0.1:" + port)),
                List.of(),
                false,
                Map.of("X-Tenant", List.of(new Secret("me")))));
    }

    private static String echo(String request) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + request.length() + "\r\n\r\n" + request;
    }

    /** Connects to where it is asked to, and passes on what comes. */
    private static RawServer tunnel(LinkedBlockingQueue<String> heads) throws IOException {
        return new RawServer(connection -> {
            String head = connection.readHead();
            heads.add(head);
            String authority = head.split(" ", 3)[1];
            int colon = authority.lastIndexOf(':');
            try (Socket target =
                    new Socket(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)))) {
                connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
                Thread back = new Thread(() -> {
                    try {
                        target.getInputStream().transferTo(connection.socket().getOutputStream());
                    } catch (IOException closed) {
                        return; // the test is over
                    }
                });
                back.setDaemon(true);
                back.start();
                connection.socket().getInputStream().transferTo(target.getOutputStream());
            }
        });
    }

    @Test
    void plainRequestsAreMadeAtTheProxyWithTheWholeUrl() throws Exception {
        try (RawServer proxy = new RawServer(connection -> {
                    String request;
                    while (!(request = connection.readRequest()).isEmpty()) {
                        connection.write(echo(request));
                    }
                });
                TransportFixture fixture = new TransportFixture()) {
            PooledClient client = fixture.transport.client(through(proxy.port(), "user:p%40ss@"));
            for (int i = 0; i < 2; i++) {
                assertThat(text(get(
                                client.send(post(URI.create("http://receiver.invalid:81/write?a=b"), "body"), LONG))))
                        .startsWith("POST http://receiver.invalid:81/write?a=b HTTP/1.1\r\n")
                        .contains(
                                "\r\nhost: receiver.invalid:81\r\n", "\r\nproxy-authorization: Basic dXNlcjpwQHNz\r\n")
                        .endsWith("\r\n\r\nbody");
            }
            assertThat(proxy.accepted()).isEqualTo(1);
        }
    }

    @Test
    void encryptedRequestsGoThroughATunnelThatSeesNothingOfThem() throws Exception {
        X509Bundle authority = PemFolder.authority("us");
        LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (TlsServer server = new TlsServer(PemFolder.signed("server", authority));
                RawServer proxy = tunnel(heads);
                TransportFixture fixture = new TransportFixture(SslContextBuilder.forClient()
                        .trustManager(authority.getCertificate())
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build())) {
            PooledClient client = fixture.transport.client(through(proxy.port(), "user:pass@"));
            String body = "x".repeat(300_000);
            for (int i = 0; i < 3; i++) {
                assertThat(text(get(client.send(post(server.uri(), body), LONG))))
                        .startsWith("POST /write HTTP/1.1\r\n")
                        .doesNotContain("proxy-authorization", "X-Tenant")
                        .endsWith(body);
            }
            assertThat(proxy.accepted()).isEqualTo(1);
            assertThat(heads.take())
                    .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n")
                    .contains("\r\nproxy-authorization: Basic dXNlcjpwYXNz\r\n", "\r\nX-Tenant: me\r\n");
        }
    }

    private static Throwable refusedBy(String answer, String userInfo) throws Exception {
        try (RawServer proxy = RawServer.answering(answer);
                TransportFixture fixture = new TransportFixture()) {
            PooledClient client = fixture.transport.client(through(proxy.port(), userInfo));
            Throwable failure =
                    failureOf(client.send(post(URI.create("https://receiver.invalid/write"), "body"), LONG));
            String begin = "receiver.invalid:443: by way of the proxy 127.0.0.1:" + proxy.port() + ": ";
            assertThat(failure).hasMessageStartingWith(begin);
            return failure instanceof HttpConfigurationException
                    ? new HttpConfigurationException(failure.getMessage().substring(begin.length()))
                    : new IOException(failure.getMessage().substring(begin.length()));
        }
    }

    @Test
    void saysWhatAProxyDemandsThatRefuses() throws Exception {
        String demand = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 3\r\n\r\nno!";
        assertThat(refusedBy(demand, ""))
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessage("it demands a user and a password (407); write the proxy's URL as"
                        + " http://user:password@host:port");
        assertThat(refusedBy(demand, "user:hunter2@"))
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessage("it does not accept this user and password (407); check those in the proxy's URL");
        assertThat(refusedBy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", ""))
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessage("it refused to connect to receiver.invalid:443 (403); allow that at the proxy, or name the"
                        + " host in NoProxy");
    }

    @Test
    void aProxyThatCanNotReachTheServerNowIsAskedAgain() throws Exception {
        assertThat(refusedBy("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", ""))
                .isNotInstanceOf(HttpConfigurationException.class)
                .hasMessage("it refused to connect to receiver.invalid:443 (503)");
        assertThat(refusedBy("SSH-2.0-OpenSSH_9.2p1\r\n\r\n", "")).hasMessageContaining("it does not speak HTTP/1.1");
    }

    @Test
    void saysThatTheProxyIsNotThere() throws Exception {
        int port;
        try (RawServer gone = RawServer.answering("")) {
            port = gone.port();
        }
        try (TransportFixture fixture = new TransportFixture()) {
            PooledClient client = fixture.transport.client(through(port, ""));
            assertThat(failureOf(client.send(post(URI.create("https://receiver.invalid/write"), "body"), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("receiver.invalid:443: by way of the proxy 127.0.0.1:" + port + ": connection refused");
        }
    }
}
