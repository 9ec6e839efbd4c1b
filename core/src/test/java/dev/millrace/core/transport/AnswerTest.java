package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of all kinds of answers. */
final class AnswerTest {
    private final TransportFixture fixture = new TransportFixture();
    private final PooledClient client = fixture.client();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void readsAChunkedBodyAndItsTrailers() throws Exception {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nX-End: yes\r\n\r\n")) {
            for (int i = 0; i < 2; i++) {
                HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
                assertThat(response.body().length()).isEmpty();
                assertThat(text(response)).isEqualTo("abcdefgh");
                assertThat(response.body().trailers().first("x-end")).hasValue("yes");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void readsUntilTheEndWhereNoLengthIsGiven() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.0 200 OK\r\n\r\nall of it");
        })) {
            assertThat(text(get(client.send(HttpRequest.get(server.uri("/")), LONG))))
                    .isEqualTo("all of it");
        }
    }

    @Test
    void skipsInterimAnswers() throws Exception {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
            assertThat(response.status()).isEqualTo(200);
            assertThat(text(response)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,204 No Content", "GET,304 Not Modified", "HEAD,200 OK"})
    void keepsTheConnectionAfterAnAnswerWithoutBody(String method, String status) throws Exception {
        String length = method.equals("HEAD") ? "Content-Length: 1000\r\n" : "";
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + "\r\n" + length + "\r\n")) {
            for (int i = 0; i < 3; i++) {
                HttpResponse response = get(client.send(
                        new HttpRequest(
                                method, server.uri("/"), HttpHeaders.EMPTY, dev.millrace.spi.http.HttpBody.empty()),
                        LONG));
                assertThat(text(response)).isEmpty();
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"999 Odd", "600 Odd", "101 Switching Protocols"})
    void passesOnAStatusThatNobodyAskedFor(String status) throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));

            assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(text(response)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "<html>hello</html>\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\n",
                "\0\0\0\0\r\n\r\n"
            })
    void refusesAnIllFormedAnswerAndClosesTheConnection(String answer) throws Exception {
        try (RawServer server = RawServer.answering(answer)) {
            assertThat(failureOf(client.send(HttpRequest.get(server.uri("/")), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("127.0.0.1:" + server.port() + ": ");
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void refusesAHeaderThatIsTooLarge() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nX-Large: " + "x".repeat(100_000) + "\r\n\r\n")) {
            assertThat(failureOf(client.send(HttpRequest.get(server.uri("/")), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": the header of the answer is larger than 64 KiB");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"})
    void saysThatTheBodyWasCutOff(String rest) throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n" + rest);
        })) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
            assertThat(failureOf(response.body().collect(new BodyBuffer(0), 1000)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("127.0.0.1:" + server.port()
                            + ": the server closed the connection in the middle of the answer, after 3 bytes of its"
                            + " body");
        }
    }

    @Test
    void aBadChunkFailsTheBody() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
            assertThat(failureOf(response.body().collect(new BodyBuffer(0), 1000)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not HTTP/1.1");
        }
    }

    @Test
    void theTimeLimitHoldsForABodyThatHangs() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            connection.awaitClose();
        })) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), Duration.ofMillis(300)));
            assertThat(failureOf(response.body().collect(new BodyBuffer(0), 1000)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("127.0.0.1:" + server.port() + ": not answered within 0.3 s (reading the answer)");
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void anEndlessBodyEndsAtTheLimit() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                connection.write("x".repeat(10_000));
            }
        })) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
            BodyBuffer buffer = new BodyBuffer(0);
            assertThat(failureOf(response.body().collect(buffer, 100_000))).isInstanceOf(BodyTooLargeException.class);
            assertThat(buffer.length()).isLessThanOrEqualTo(100_000);
            TransportFixture.await(() -> server.openConnections() == 0);
        }
    }

    @Test
    void anAnswerThatNobodyReadsIsGivenUpWhenItsTimeHasPassed() throws Exception {
        try (RawServer server = new RawServer(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            connection.awaitClose();
        })) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), Duration.ofMillis(300)));
            TransportFixture.await(() -> server.openConnections() == 0);
            assertThat(failureOf(response.body().collect(new BodyBuffer(0), 10)))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aBodyCanBeReadOnce() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            HttpResponse response = get(client.send(HttpRequest.get(server.uri("/")), LONG));
            assertThat(text(response)).isEqualTo("ok");
            assertThat(failureOf(response.body().collect(new BodyBuffer(0), 10)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
