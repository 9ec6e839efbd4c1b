package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.uri;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a listener does not put up with. */
final class ServerLimitsTest {
    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    private static final HttpHandler OK = request -> CompletableFuture.completedFuture(HttpResponse.text(200, "ok"));

    @Test
    void refusesABodyThatIsSaidToBeTooLargeBeforeItIsSent() throws Exception {
        try (TransportFixture fixture = new TransportFixture()) {
            Registration registration = fixture.serve("test", "/", 1000, OK);
            try (RawClient client = new RawClient(registration.address())) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 413 ")
                        .containsIgnoringCase("connection: close")
                        .endsWith("the body is larger than 1000 bytes\n");
            }
        }
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() throws Exception {
        CompletableFuture<Throwable> handlerSaw = new CompletableFuture<>();
        try (TransportFixture fixture = new TransportFixture()) {
            Registration registration = fixture.serve(
                    "test",
                    "/",
                    1000,
                    request -> request.body()
                            .collect(new BodyBuffer(0), 1 << 20)
                            .whenComplete((body, failure) -> handlerSaw.complete(failure))
                            .thenApply(body -> HttpResponse.empty(200)));
            try (RawClient client = new RawClient(registration.address())) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (int i = 0; i < 101; i++) {
                    client.send("a\r\n0123456789\r\n");
                }
                assertThat(client.readAll()).startsWith("HTTP/1.1 413 ");
            }
            assertThat(handlerSaw.get()).isInstanceOf(BodyTooLargeException.class);
        }
    }

    @Test
    void aClientThatStillSendsSeesTheRefusal() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                PooledClient client = fixture.client()) {
            Registration registration = fixture.serve("test", "/", 1000, OK);
            for (int i = 0; i < 20; i++) {
                HttpRequest request = post(uri(registration, "/"), "x".repeat(3_000_000));
                assertThat(TransportFixture.get(client.send(request, SECONDS)).status())
                        .isEqualTo(413);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /%s HTTP/1.1\r\n\r\n', 414",
        "'GET / HTTP/1.1\r\nX: %s\r\n\r\n', 431",
        "'GET / HTTP/2.0\r\n\r\n', 505",
        "'GET / HTTP/1.1\r\nExpect: tea\r\n\r\n', 417",
        "'GET nothing HTTP/1.1\r\n\r\n', 400",
        "'GET /a|b HTTP/1.1\r\n\r\n', 400",
        "'nonsense\r\n\r\n', 400",
        "'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400"
    })
    void refusesWhatItCanNotRead(String request, int status) throws Exception {
        try (TransportFixture fixture = new TransportFixture()) {
            Registration registration = fixture.serve(
                    "test",
                    "/",
                    1000,
                    asked -> asked.body()
                            .collect(new BodyBuffer(0), 100)
                            .thenCompose(body -> new CompletableFuture<>()));
            try (RawClient client = new RawClient(registration.address())) {
                client.send(request.replace("%s", "x".repeat(5000)));
                assertThat(client.readAll()).startsWith("HTTP/1.1 " + status + " ");
            }
        }
    }

    @Test
    void refusesMoreConnectionsThanAllowed() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 3, 10, SECONDS, SECONDS, SECONDS, SECONDS, SECONDS);
        try (TransportFixture fixture = new TransportFixture(limits)) {
            Registration registration = fixture.serve("test", "/", 1000, OK);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawClient client = new RawClient(registration.address());
                clients.add(client);
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("ok");
            }
            try (RawClient fourth = new RawClient(registration.address())) {
                assertThat(fourth.readAll()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 1");
            }
            clients.get(0).close();
            TransportFixture.await(() -> {
                try (RawClient again = new RawClient(registration.address())) {
                    return again.send("GET / HTTP/1.0\r\n\r\n").readAll().endsWith("ok");
                } catch (IOException reset) {
                    return false;
                }
            });
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void closesAConnectionWithoutARequest() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, SHORT, SECONDS, SECONDS, SECONDS, SECONDS);
        try (TransportFixture fixture = new TransportFixture(limits)) {
            Registration registration = fixture.serve("test", "/", 1000, OK);
            try (RawClient silent = new RawClient(registration.address());
                    RawClient slow = new RawClient(registration.address());
                    RawClient idle = new RawClient(registration.address())) {
                slow.send("GET / HTTP/1.1\r\nHos");
                idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(silent.readAll()).isEmpty();
                assertThat(slow.readAll()).startsWith("HTTP/1.1 408 ");
                assertThat(idle.readAll()).endsWith("ok");
            }
        }
    }

    @Test
    void aHeaderThatComesByteByByteIsToBeCompleteInTime() throws Exception {
        ServerLimits limits = new ServerLimits(64 << 20, 10, 10, SECONDS, SHORT, SECONDS, SECONDS, SECONDS);
        try (TransportFixture fixture = new TransportFixture(limits);
                RawClient client =
                        new RawClient(fixture.serve("test", "/", 1000, OK).address())) {
            client.send("GET / HTTP/1.1\r\nX: ");
            assertThat(sendUntilAnswered(client)).startsWith("HTTP/1.1 408 ");
            assertThat(fixture.refused(408)).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatComesByteByByteIsNotWaitedForWithoutEnd() throws Exception {
        ServerLimits limits =
                new ServerLimits(4096, 10, 10, SECONDS, SHORT, SECONDS, SECONDS, SECONDS, Long.MAX_VALUE >> 1);
        try (TransportFixture fixture = new TransportFixture(limits);
                RawClient client = new RawClient(fixture.serve(
                                "test",
                                "/",
                                1 << 30,
                                request -> request.body()
                                        .collect(new BodyBuffer(0), 1 << 30)
                                        .thenApply(body -> HttpResponse.empty(200)))
                        .address())) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
            assertThat(sendUntilAnswered(client)).startsWith("HTTP/1.1 408 ");
            assertThat(fixture.refused(408)).isEqualTo(1);
        }
    }

    /* A byte, and again one, as long as it takes. */
    private static String sendUntilAnswered(RawClient client) throws IOException {
        while (client.socket().getInputStream().available() == 0) {
            client.send("x");
        }
        return client.readUntil("\r\n");
    }

    @Test
    void closesWhatComesOverTheLimitAtOnceWhereItIsMuch() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 1, 10, SECONDS, SECONDS, SECONDS, SECONDS, SECONDS);
        int flood = 200;
        try (TransportFixture fixture = new TransportFixture(limits)) {
            Registration registration = fixture.serve("test", "/", 1000, OK);
            try (RawClient first = new RawClient(registration.address())) {
                first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("ok");
                List<RawClient> others = new ArrayList<>();
                int told = 0;
                for (int i = 0; i < flood; i++) {
                    others.add(new RawClient(registration.address()));
                }
                for (RawClient other : others) {
                    told += other.readAll().startsWith("HTTP/1.1 503 ") ? 1 : 0;
                    other.close();
                }
                assertThat(told).isPositive();
                TransportFixture.await(() -> fixture.transport
                                .refusals()
                                .connections()
                                .getOrDefault(
                                        new Refusals.Connection(
                                                Listener.text(registration.address()), Refusals.Reason.TOO_MANY),
                                        0L)
                        == flood);
                assertThat(first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readUntil("ok"))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void answersAClientThatStopsInTheMiddleOfItsBody() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, SECONDS, SHORT, SECONDS, SECONDS, SECONDS);
        CompletableFuture<Throwable> handlerSaw = new CompletableFuture<>();
        try (TransportFixture fixture = new TransportFixture(limits)) {
            Registration registration = fixture.serve(
                    "test",
                    "/",
                    1000,
                    request -> request.body()
                            .collect(new BodyBuffer(0), 1 << 20)
                            .whenComplete((body, failure) -> handlerSaw.complete(failure))
                            .thenApply(body -> HttpResponse.empty(200)));
            try (RawClient client = new RawClient(registration.address())) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
                assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
            }
            assertThat(handlerSaw.get()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givesUpOnAClientThatTakesNothing() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, SECONDS, SECONDS, SHORT, SECONDS, SECONDS);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (TransportFixture fixture = new TransportFixture(limits)) {
            Registration registration = fixture.serve(
                    "test",
                    "/",
                    1000,
                    request -> CompletableFuture.completedFuture(new HttpResponse(
                            200, dev.millrace.spi.http.HttpHeaders.EMPTY, new EndlessBody(cancelled))));
            try (RawClient client = new RawClient(registration.address())) {
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                cancelled.await();
            }
        }
    }

    @Test
    void tellsTheHandlerThatItsClientHasGone() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<HttpResponse> never = new CompletableFuture<>();
        CompletableFuture<BodyBuffer> body = new CompletableFuture<>();
        try (TransportFixture fixture = new TransportFixture()) {
            Registration registration = fixture.serve("test", "/", 1000, request -> {
                request.body().collect(new BodyBuffer(0), 100).whenComplete((read, failure) -> {
                    if (failure != null) {
                        body.completeExceptionally(failure);
                    }
                });
                called.countDown();
                return never;
            });
            try (RawClient client = new RawClient(registration.address())) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
                called.await();
            }
            assertThat(failureOf(body)).isInstanceOf(IOException.class).hasMessageContaining("client");
        }
    }
}
