package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final TransportFixture fixture = new TransportFixture();
    private final PooledClient client = fixture.client();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void sendsARequestAndUsesItsConnectionAgain() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (RawServer server = new RawServer(connection -> {
            String request;
            while (!(request = connection.readRequest()).isEmpty()) {
                seen.complete(request);
                connection.write(OK);
            }
        })) {
            for (int i = 0; i < 5; i++) {
                HttpRequest request = post(server.uri("/a%20b?c=d%26"), "body")
                        .withHeaders(HttpHeaders.of("X-One", "1", "Content-Length", "9", "Connection", "upgrade"));
                HttpResponse response = get(client.send(request, LONG));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body().length()).hasValue(2);
                assertThat(text(response)).isEqualTo("ok");
            }
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(get(seen))
                    .isEqualToIgnoringCase("POST /a%20b?c=d%26 HTTP/1.1\r\nX-One: 1\r\nhost: 127.0.0.1:" + server.port()
                            + "\r\nuser-agent: Millrace/development\r\ncontent-length: 4\r\n\r\nbody");
        }
    }

    @Test
    void leavesAUserAgentAsItIs() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (RawServer server = new RawServer(connection -> {
            seen.complete(connection.readRequest());
            connection.write(OK);
        })) {
            get(client.send(HttpRequest.get(server.uri("/")).withHeaders(HttpHeaders.of("User-Agent", "me/1")), LONG));
            assertThat(get(seen)).containsOnlyOnce("/1\r\n").contains("User-Agent: me/1\r\n");
        }
    }

    @Test
    void opensNoMoreConnectionsThanAllowedAndQueuesTheRest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    while (!connection.readRequest().isEmpty()) {
                        arrived.countDown();
                        go.await();
                        connection.write(OK);
                    }
                });
                PooledClient two = fixture.client(2, LONG)) {
            CompletableFuture<?>[] answers = new CompletableFuture<?>[10];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = two.send(HttpRequest.get(server.uri("/")), LONG).thenApply(response -> {
                    assertThat(response.status()).isEqualTo(200);
                    return response.body().collect(new dev.millrace.spi.BodyBuffer(0), 10);
                });
            }
            arrived.await();
            assertThat(failureOf(two.send(HttpRequest.get(server.uri("/")), Duration.ofMillis(50))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("127.0.0.1:" + server.port()
                            + ": not answered within 0.05 s (waiting for a free connection)");
            go.countDown();
            get(CompletableFuture.allOf(answers));
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void answersOnAWorker() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            asked.countDown();
            go.await();
            connection.write(OK);
        })) {
            CompletableFuture<String> thread = client.send(HttpRequest.get(server.uri("/")), LONG)
                    .thenApply(response -> Thread.currentThread().getName());
            asked.await();
            go.countDown();
            assertThat(get(thread)).startsWith("test-worker-");
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(failureOf(client.send(HttpRequest.get(URI.create("http://127.0.0.1:" + port)), LONG)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpConfigurationException.class)
                .hasMessage("127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        assertThat(failureOf(client.send(HttpRequest.get(URI.create("http://no_such-host.invalid:81/")), LONG)))
                .isInstanceOf(IOException.class)
                .hasMessage("no_such-host.invalid:81: no address found for the host 'no_such-host.invalid'");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host/, URL: scheme 'ftp' (expected: http or https)",
        "/path, URL: scheme '' (expected: http or https)",
        "http:///path, URL: no host (expected: http://host/path)",
        "http://host:99999/, URL: port '99999' (expected: 1 to 65535)",
        "http://me:secret@host/, 'URL: it has a user or password before the host, which is not used (expected:"
                + " credentials in an authenticator)'"
    })
    void saysWhatAPersonMustChangeInAUrl(String uri, String message) throws Exception {
        assertThat(failureOf(client.send(HttpRequest.get(URI.create(uri)), LONG)))
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void namesAHeaderFieldThatCanNotBeSentWithoutItsValue() throws Exception {
        HttpRequest request = HttpRequest.get(URI.create("http://host/"))
                .withHeaders(HttpHeaders.of("X-Token", "secret\r\nX-More: 1"));
        assertThat(failureOf(client.send(request, LONG)))
                .isInstanceOf(HttpConfigurationException.class)
                .hasMessageContaining("'X-Token'")
                .hasMessageNotContaining("secret");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        try (RawServer server = new RawServer(RawServer.Connection::awaitClose)) {
            assertThat(failureOf(client.send(HttpRequest.get(server.uri("/")), Duration.ofMillis(200))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": not answered within 0.2 s (waiting for the answer)");
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void givesUpOnAHandshakeThatHangs() throws Exception {
        try (RawServer server = new RawServer(RawServer.Connection::awaitClose);
                PooledClient impatient = fixture.client(2, Duration.ofMillis(200))) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertThat(failureOf(impatient.send(HttpRequest.get(uri), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": no connection within 0.2 s");
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void repeatsAGetThatAStaleConnectionSwallowed() throws Exception {
        try (RawServer server = staleAfterOneAnswer()) {
            text(get(client.send(HttpRequest.get(server.uri("/")), LONG)));
            assertThat(text(get(client.send(HttpRequest.get(server.uri("/")), LONG))))
                    .isEqualTo("ok");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void neverRepeatsAPostThatMayHaveArrived() throws Exception {
        try (RawServer server = staleAfterOneAnswer()) {
            text(get(client.send(post(server.uri("/"), "1"), LONG)));
            assertThat(failureOf(client.send(post(server.uri("/"), "2"), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": the server closed the connection without an answer");
            assertThat(text(get(client.send(post(server.uri("/"), "3"), LONG)))).isEqualTo("ok");
        }
    }

    private static RawServer staleAfterOneAnswer() throws IOException {
        return new RawServer(connection -> {
            connection.readRequest();
            connection.write(OK);
            if (connection.number() == 1) {
                connection.readRequest();
                return;
            }
            connection.awaitClose();
        });
    }

    @Test
    void forgetsAnIdleConnectionThatTheServerClosed() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write(OK);
        })) {
            for (int i = 1; i <= 3; i++) {
                assertThat(text(get(client.send(post(server.uri("/"), "1"), LONG))))
                        .isEqualTo("ok");
                TransportFixture.await(() -> server.openConnections() == 0);
                // the other side's FIN has been sent; a request after it finds the connection closed, or fails
                fixtureSawTheEnd();
            }
            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    /** Lets the client's event loops run once, so that they have seen what the kernel holds. */
    private void fixtureSawTheEnd() throws Exception {
        try (RawServer other = RawServer.answering(OK)) {
            for (int i = 0; i < 8; i++) {
                try (PooledClient another = fixture.client()) {
                    text(get(another.send(HttpRequest.get(other.uri("/")), LONG)));
                }
            }
        }
    }

    @Test
    void closesConnectionsThatStayIdle() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                PooledClient shortIdle = fixture.transport.client(
                        new dev.millrace.spi.http.HttpClientSettings(LONG, 2, 2, Duration.ofMillis(50)))) {
            text(get(shortIdle.send(HttpRequest.get(server.uri("/")), LONG)));
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void cancellingTheFutureClosesTheConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            asked.countDown();
            connection.awaitClose();
        })) {
            CompletableFuture<HttpResponse> answer = client.send(HttpRequest.get(server.uri("/")), LONG);
            asked.await();
            answer.cancel(true);
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void closingTheClientFailsWhatIsInFlight() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            asked.countDown();
            connection.awaitClose();
        })) {
            CompletableFuture<HttpResponse> answer = client.send(HttpRequest.get(server.uri("/")), LONG);
            asked.await();
            client.close();
            assertThat(failureOf(answer)).isInstanceOf(IOException.class);
            assertThat(failureOf(client.send(HttpRequest.get(server.uri("/")), LONG)))
                    .hasMessageEndingWith(": the client is closed");
        }
    }

    @Test
    void speaksToAnIpv6Address() throws Exception {
        byte[] ipv6Loopback = new byte[16];
        ipv6Loopback[15] = 1;
        Registration registration = fixture.transport.serve(
                new InetSocketAddress(InetAddress.getByAddress(ipv6Loopback), 0),
                new Route(
                        "test",
                        "/",
                        10,
                        request -> CompletableFuture.completedFuture(HttpResponse.text(
                                200, request.headers().first("Host").orElse("")))));
        int port = registration.address().getPort();
        assertThat(text(get(client.send(HttpRequest.get(URI.create("http://[::1]:" + port + "/")), LONG))))
                .isEqualTo("[::1]:" + port);
    }
}
