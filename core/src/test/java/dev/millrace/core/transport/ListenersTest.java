package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.loopback;
import static dev.millrace.core.transport.TransportFixture.text;
import static dev.millrace.core.transport.TransportFixture.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may listen where, and what happens to sockets when handlers come and go. */
final class ListenersTest {
    private final TransportFixture fixture = new TransportFixture();
    private final PooledClient client = fixture.client();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static HttpHandler answering(String text) {
        return request -> CompletableFuture.completedFuture(HttpResponse.text(200, text));
    }

    private static Route route(String owner, String path, String text) {
        return new Route(owner, path, 100, answering(text));
    }

    private String ask(Registration registration) throws Exception {
        return text(get(client.send(HttpRequest.get(uri(registration, "/")), LONG)));
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, loopback(0).getAddress())) {
            InetSocketAddress address = loopback(other.getLocalPort());
            assertThatThrownBy(() -> fixture.transport.serve(address, route("a", "/", "a")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(Listener.text(address) + ": address already in use (expected: a free port)");
        }
    }

    @Test
    void saysWhichOfItsOwnListenersHasThePort() throws Exception {
        Registration first = fixture.transport.serve(new InetSocketAddress(0), route("web/input", "/", "a"));
        InetSocketAddress same = loopback(first.address().getPort());
        assertThatThrownBy(() -> fixture.transport.serve(same, route("b", "/", "b")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(Listener.text(same) + ": address already in use")
                .hasMessageEndingWith("is open for web/input");
    }

    @Test
    void saysThatAnAddressIsOfAnotherMachineOrUnknown() {
        byte[] documentation = {(byte) 192, 0, 2, 1};
        assertThatThrownBy(() -> fixture.transport.serve(
                        new InetSocketAddress(java.net.InetAddress.getByAddress(documentation), 0),
                        route("a", "/", "a")))
                .hasMessage("192.0.2.1:0: not an address of this machine");
        assertThatThrownBy(() -> fixture.transport.serve(
                        InetSocketAddress.createUnresolved("no.such.invalid", 80), route("a", "/", "a")))
                .hasMessage("no.such.invalid:80: no address found for the host 'no.such.invalid'");
    }

    @Test
    void anotherOwnerDoesNotGetAPathThatIsServed() throws Exception {
        Registration first = fixture.transport.serve(loopback(0), route("web/input", "/write", "a"));
        assertThatThrownBy(() -> fixture.transport.serve(loopback(0), route("b", "/write/", "b")))
                .isInstanceOf(IOException.class)
                .hasMessage(Listener.text(loopback(0)) + ": path /write/ is served by web/input already");
        first.close();
        fixture.transport.serve(loopback(0), route("b", "/write", "b"));
    }

    @Test
    void theSameOwnerTakesOverAndClosingItsOldRegistrationChangesNothing() throws Exception {
        Registration old = fixture.transport.serve(loopback(0), route("a", "/", "old"));
        assertThat(ask(old)).isEqualTo("old");
        Registration successor = fixture.transport.serve(loopback(0), route("a", "/", "new"));
        assertThat(successor.address()).isEqualTo(old.address());
        assertThat(ask(old)).isEqualTo("new");
        old.close();
        assertThat(ask(old)).isEqualTo("new");
    }

    @Test
    void aSuccessorThatIsWithdrawnLeavesThePathToItsPredecessor() throws Exception {
        Registration old = fixture.transport.serve(loopback(0), route("a", "/", "old"));
        Registration successor = fixture.transport.serve(loopback(0), route("a", "/", "new"));
        successor.close();
        successor.close();
        assertThat(ask(old)).isEqualTo("old");
    }

    @Test
    void theLastRegistrationThatIsClosedFreesThePort() throws Exception {
        Registration one = fixture.transport.serve(loopback(0), route("a", "/a", "a"));
        Registration two = fixture.transport.serve(loopback(0), route("b", "/b", "b"));
        one.close();
        assertThat(text(get(client.send(HttpRequest.get(uri(two, "/b")), LONG))))
                .isEqualTo("b");
        two.close();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(two.address());
        }
    }

    @Test
    void aRequestForAHandlerThatWentWaitsForTheOneThatComes() throws Exception {
        Registration first = fixture.transport.serve(loopback(0), route("a", "/write", "old"));
        Registration root = fixture.transport.serve(loopback(0), route("c", "/", "root"));
        Registration second;
        Transport.Hold hold = fixture.transport.holdSockets();
        try {
            first.close();
            var between = client.send(TransportFixture.post(uri(first, "/write"), "a body"), LONG);
            assertThat(ask(root)).isEqualTo("root");
            assertThat(between.toCompletableFuture()).isNotDone();
            second = fixture.serve(
                    "b",
                    "/write",
                    100,
                    request -> request.body()
                            .collect(new dev.millrace.spi.BodyBuffer(8), 10)
                            .thenApply(body -> HttpResponse.text(200, "new: " + body)));
            assertThat(text(get(between))).isEqualTo("new: a body");
            root.close();
        } finally {
            hold.close();
        }
        assertThat(second.address()).isEqualTo(first.address());
        assertThat(status(second, "/")).isEqualTo(404);
        second.close();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(second.address());
        }
    }

    /* What comes on one connection comes in order: who sees the answer to the second request knows that the first is there. */
    @Test
    void aRequestForAHandlerThatWentIsRefusedWhenNoneComes() throws Exception {
        Registration first = fixture.transport.serve(loopback(0), route("a", "/write", "old"));
        Transport.Hold hold = fixture.transport.holdSockets();
        Transport.Hold another = fixture.transport.holdSockets();
        try (FrameClient frames = new FrameClient(first.address())) {
            first.close();
            FrameClient.Stream between = frames.get("/write");
            assertThat(frames.get("/other").answer().status()).isEqualTo("503");
            another.close();
            assertThat(frames.get("/other").answer().status()).isEqualTo("503");
            assertThat(between.isAnswered()).isFalse();
            hold.close();
            assertThat(between.answer().status()).isEqualTo("503");
            assertThat(between.answer().headers()).containsEntry("retry-after", "1");
        } finally {
            hold.close();
        }
    }

    @Test
    void aRequestDoesNotWaitForAHandlerLongerThanForAnAnswer() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, LONG, LONG, LONG, java.time.Duration.ofMillis(100), LONG);
        try (TransportFixture hasty = new TransportFixture(limits)) {
            Registration first = hasty.transport.serve(loopback(0), route("a", "/", "old"));
            Transport.Hold hold = hasty.transport.holdSockets();
            first.close();
            HttpResponse between = get(hasty.client().send(HttpRequest.get(uri(first, "/")), LONG));
            assertThat(between.status()).isEqualTo(503);
            text(between);
            hold.close();
        }
    }

    private int status(Registration registration, String path) throws Exception {
        HttpResponse response = get(client.send(HttpRequest.get(uri(registration, path)), LONG));
        text(response);
        return response.status();
    }

    @Test
    void aHandlerIsSwappedUnderLoadWithoutARefusal() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean go = new AtomicBoolean(true);
        Registration current = fixture.transport.serve(loopback(0), route("a", "/", "0"));
        InetSocketAddress address = loopback(current.address().getPort());
        CompletableFuture<?>[] load = new CompletableFuture<?>[8];
        PooledClient[] clients = new PooledClient[load.length];
        for (int i = 0; i < load.length; i++) {
            // half of them connect anew for each request
            clients[i] = fixture.transport.client(new HttpClientSettings(LONG, 1, i % 2, LONG));
            load[i] = ask(clients[i], HttpRequest.get(uri(current, "/")), go, answered);
        }
        for (int i = 1; i <= 100; i++) {
            Registration next = fixture.transport.serve(loopback(0), route("a", "/", Integer.toString(i)));
            current.close();
            current = next;
            int before = answered.get();
            TransportFixture.await(
                    () -> answered.get() >= before + 5 || !anyFailed(load).isEmpty());
        }
        go.set(false);
        get(CompletableFuture.allOf(load));
        assertThat(current.address().getPort()).isEqualTo(address.getPort());
        assertThat(ask(current)).isEqualTo("100");
    }

    private static String anyFailed(CompletableFuture<?>[] load) {
        for (CompletableFuture<?> one : load) {
            if (one.isCompletedExceptionally()) {
                return "failed";
            }
        }
        return "";
    }

    private static CompletableFuture<?> ask(
            PooledClient client, HttpRequest request, AtomicBoolean go, AtomicInteger answered) {
        return client.send(request, LONG).thenCompose(response -> {
            assertThat(response.status()).isEqualTo(200);
            return response.body()
                    .collect(new dev.millrace.spi.BodyBuffer(8), 10)
                    .thenCompose(body -> {
                        answered.incrementAndGet();
                        return go.get() ? ask(client, request, go, answered) : CompletableFuture.completedFuture(null);
                    });
        });
    }

    @Test
    void aRequestInFlightIsFinishedWhenItsListenerCloses() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Registration registration = fixture.serve("/", request -> {
            called.countDown();
            return answer;
        });
        try (RawClient busy = new RawClient(registration.address());
                RawClient idle = new RawClient(registration.address())) {
            busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            called.await();
            registration.close();
            assertThat(idle.readAll()).isEmpty();
            answer.complete(HttpResponse.text(200, "late"));
            assertThat(busy.readAll()).containsIgnoringCase("connection: close").endsWith("late");
        }
    }

    @Test
    void aHandlerHasEndedWhenItHasAnsweredAllThatItWasCalledFor() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Registration registration = fixture.serve("/", request -> {
            called.countDown();
            return answer;
        });
        try (RawClient busy = new RawClient(registration.address())) {
            busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            called.await();
            CompletableFuture<Void> end = registration.end();
            assertThat(end).isNotDone();
            answer.complete(HttpResponse.text(200, "late"));
            assertThat(end).succeedsWithin(LONG);
            assertThat(registration.end()).isCompleted();
        }
        assertThat(fixture.serve("/", answering("unused")).end()).isCompleted();
    }

    @Test
    void aRequestThatIsNeverAnsweredIsCutOffAtTheDeadline() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        ServerLimits limits = new ServerLimits(4096, 10, 10, LONG, LONG, LONG, LONG, java.time.Duration.ofMillis(100));
        try (TransportFixture hasty = new TransportFixture(limits)) {
            Registration registration = hasty.serve("/", request -> {
                called.countDown();
                return new CompletableFuture<>();
            });
            try (RawClient busy = new RawClient(registration.address())) {
                busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                called.await();
                hasty.transport.close();
                assertThat(busy.readAll()).isEmpty();
            }
        }
    }
}
