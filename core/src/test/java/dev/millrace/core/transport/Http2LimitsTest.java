package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What a client of HTTP/2 must not do, and what a stream that stands still does to others. */
final class Http2LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final HttpHandler OK = request -> CompletableFuture.completedFuture(HttpResponse.text(200, "ok"));
    private static final HttpHandler COLLECT = request -> request.body()
            .collect(new BodyBuffer(0), 8 << 20)
            .thenApply(body -> HttpResponse.text(200, "" + body.length()));

    @Test
    void refusesABodyThatIsTooLargeBeforeItIsRead() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client =
                        new FrameClient(fixture.serve("test", "/", 1000, OK).address())) {
            FrameClient.Answer answer =
                    client.post("/", "content-length", "1001").answer();
            assertThat(answer.status()).isEqualTo("413");
            assertThat(client.get("/").answer().status()).isEqualTo("200");
        }
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() throws Exception {
        CompletableFuture<BodyBuffer> seen = new CompletableFuture<>();
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(fixture.serve("test", "/", 1000, request -> {
                            request.body().collect(new BodyBuffer(0), 1 << 20).whenComplete((body, failure) -> {
                                seen.completeExceptionally(failure);
                            });
                            return new CompletableFuture<>();
                        })
                        .address())) {
            FrameClient.Stream stream = client.post("/");
            stream.send("x".repeat(1001), false);
            assertThat(stream.answer().status()).isEqualTo("413");
            assertThat(failureOf(seen)).isInstanceOf(BodyTooLargeException.class);
        }
    }

    @Test
    void aHandlerThatDoesNotReadHoldsBackItsStreamAndNoOther() throws Exception {
        CompletableFuture<Flow.Subscription> reading = new CompletableFuture<>();
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(fixture.serve("test", "/", 8 << 20, request -> {
                            if (!request.uri().getPath().equals("/slow")) {
                                return COLLECT.handle(request);
                            }
                            request.body().subscribe(new Held(reading, answer));
                            return answer;
                        })
                        .address())) {
            FrameClient.Stream slow = client.post("/slow");
            List<ChannelFuture> pieces = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                pieces.add(slow.send("x".repeat(10_000), i == 199));
            }
            for (int i = 0; i < 20; i++) {
                FrameClient.Stream other = client.post("/other");
                other.send("y".repeat(50_000), true);
                assertThat(other.answer().body()).isEqualTo("50000");
            }
            assertThat(pieces.get(40).isDone()).as("its window is 128 KiB").isFalse();
            TransportFixture.get(reading).request(Long.MAX_VALUE);
            assertThat(slow.answer().body()).isEqualTo("2000000");
        }
    }

    @Test
    void aClientThatTakesNothingHoldsBackTheBody() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        EndlessBody body = new EndlessBody(cancelled);
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(
                        fixture.serve(
                                        "/",
                                        request -> CompletableFuture.completedFuture(
                                                new HttpResponse(200, HttpHeaders.EMPTY, body)))
                                .address(),
                        false)) {
            FrameClient.Stream stream = client.get("/");
            TransportFixture.await(() -> stream.received() == 65_535);
            assertThat(body.published()).isLessThan(1 << 20);
            stream.reset();
            cancelled.await();
        }
    }

    @Test
    void cutsOffAClientThatTakesNothingForTooLong() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        EndlessBody body = new EndlessBody(cancelled);
        ServerLimits limits = new ServerLimits(4096, 10, 10, LONG, LONG, SHORT, LONG, LONG);
        try (TransportFixture fixture = new TransportFixture(limits);
                FrameClient client = new FrameClient(
                        fixture.serve(
                                        "/",
                                        request -> CompletableFuture.completedFuture(
                                                new HttpResponse(200, HttpHeaders.EMPTY, body)))
                                .address(),
                        false)) {
            assertThat(client.get("/").answer().frames()).endsWith("RST_STREAM CANCEL+");
            cancelled.await();
        }
    }

    @Test
    void tellsTheHandlerThatTheClientResetTheStream() throws Exception {
        CompletableFuture<BodyBuffer> seen = new CompletableFuture<>();
        CountDownLatch called = new CountDownLatch(1);
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(fixture.serve("/", request -> {
                            if (request.uri().getPath().equals("/other")) {
                                return OK.handle(request);
                            }
                            called.countDown();
                            request.body()
                                    .collect(new BodyBuffer(0), 1 << 20)
                                    .whenComplete((body, failure) -> seen.completeExceptionally(failure));
                            return new CompletableFuture<>();
                        })
                        .address())) {
            FrameClient.Stream stream = client.post("/");
            stream.send("half", false);
            called.await();
            stream.reset();
            assertThat(failureOf(seen)).isInstanceOf(IOException.class);
            assertThat(client.get("/other").answer().status()).isEqualTo("200");
        }
    }

    @Test
    void refusesMoreStreamsThanItGrants() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 2, LONG, LONG, LONG, LONG, LONG);
        try (TransportFixture fixture = new TransportFixture(limits);
                FrameClient client = new FrameClient(
                        fixture.serve("/", request -> new CompletableFuture<>()).address())) {
            assertThat(client.settings().maxConcurrentStreams()).isEqualTo(2);
            client.get("/");
            client.get("/");
            assertThat(client.get("/").answer().frames()).isEqualTo("RST_STREAM REFUSED_STREAM+");
        }
    }

    @Test
    void endsTheConnectionOfAClientThatOpensAndResets() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(fixture.serve("/", OK).address())) {
            for (int i = 0; i < 400 && client.channel().isActive(); i++) {
                client.get("/").reset();
            }
            assertThat(client.goAway()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
            client.awaitClose();
            assertThat(fixture.transport.refusals().connections().keySet())
                    .extracting(Refusals.Connection::reason)
                    .containsExactly(Refusals.Reason.HTTP2);
        }
    }

    @Test
    void endsTheConnectionOfAClientThatSendsHeadersWithoutEnd() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                RawClient client = new RawClient(fixture.serve("/", OK).address())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, ""));
            client.send(frame(1, 0, 1, "\u0082")); // HEADERS without END_HEADERS, and then CONTINUATIONs of a byte
            for (int i = 0; i < 100; i++) {
                client.send(frame(9, 0, 1, "\u0086"));
            }
            assertThat(client.readAll()).contains("\u0000\u0000\u0000\u000b"); // ENHANCE_YOUR_CALM
        }
    }

    @Test
    void refusesAHeaderThatIsTooLarge() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                FrameClient client = new FrameClient(fixture.serve("/", OK).address())) {
            String many = "x".repeat(5000);
            assertThat(client.open("GET", "/", true, "a", many).answer().status())
                    .isEqualTo("431");
            assertThat(client.get("/").answer().status()).isEqualTo("200");
        }
    }

    @Test
    void answersAStreamWhoseBodyDoesNotCome() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, LONG, SHORT, LONG, LONG, LONG);
        try (TransportFixture fixture = new TransportFixture(limits);
                FrameClient client = new FrameClient(fixture.serve("/", COLLECT).address())) {
            FrameClient.Stream stream = client.post("/");
            stream.send("half", false);
            assertThat(stream.answer().status()).isEqualTo("408");
        }
    }

    @Test
    void closesAConnectionWithoutStreamsThatOnlyPings() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, SHORT, LONG, LONG, LONG, LONG);
        try (TransportFixture fixture = new TransportFixture(limits);
                FrameClient client = new FrameClient(fixture.serve("/", OK).address())) {
            assertThat(client.get("/").answer().status()).isEqualTo("200");
            client.channel().writeAndFlush(new DefaultHttp2PingFrame(1));
            assertThat(client.goAway()).isEqualTo(Http2Error.NO_ERROR);
            client.awaitClose();
        }
    }

    @Test
    void closesAConnectionThatStopsInThePreface() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 10, 10, SHORT, LONG, LONG, LONG, LONG);
        try (TransportFixture fixture = new TransportFixture(limits);
                RawClient client = new RawClient(fixture.serve("/", OK).address())) {
            client.send("PRI * HTTP");
            assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void closesAConnectionThatSendsNoise() throws Exception {
        try (TransportFixture fixture = new TransportFixture();
                RawClient client = new RawClient(fixture.serve("/", OK).address())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "noise".repeat(1000));
            client.readAll();
        }
    }

    @Test
    void finishesOpenStreamsWhenTheListenerCloses() throws Exception {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        CountDownLatch called = new CountDownLatch(1);
        try (TransportFixture fixture = new TransportFixture()) {
            Registration registration = fixture.serve("/", request -> {
                called.countDown();
                return answer;
            });
            try (FrameClient client = new FrameClient(registration.address())) {
                FrameClient.Stream stream = client.get("/");
                called.await();
                registration.close();
                assertThat(client.goAway()).isEqualTo(Http2Error.NO_ERROR);
                answer.complete(HttpResponse.text(200, "late"));
                assertThat(stream.answer().body()).isEqualTo("late");
                client.awaitClose();
            }
        }
    }

    @Test
    void aReloadReplacesTheHandlerUnderAnOpenConnection() throws Exception {
        try (TransportFixture fixture = new TransportFixture()) {
            Registration first = fixture.serve("/", request -> done("first"));
            Transport.Hold hold = fixture.transport.holdSockets();
            try (FrameClient client = new FrameClient(first.address())) {
                assertThat(client.get("/").answer().body()).isEqualTo("first");
                first.close();
                FrameClient.Stream waits = client.get("/");
                Registration second = fixture.transport.serve(
                        TransportFixture.loopback(0), new Route("test", "/", 100, request -> done("second")));
                hold.close();
                assertThat(waits.answer().body()).isEqualTo("second");
                assertThat(second.address()).isEqualTo(first.address());
            }
        }
    }

    private static CompletableFuture<HttpResponse> done(String text) {
        return CompletableFuture.completedFuture(HttpResponse.text(200, text));
    }

    /* RFC 9113, section 4.1. */
    private static String frame(int type, int flags, int stream, String payload) {
        var bytes = Unpooled.buffer();
        bytes.writeMedium(payload.length()).writeByte(type).writeByte(flags).writeInt(stream);
        return bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1) + payload;
    }

    /** Takes a body when it is told to, and then answers with its length. */
    private static final class Held implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<Flow.Subscription> reading;
        private final CompletableFuture<HttpResponse> answer;
        private long taken;

        Held(CompletableFuture<Flow.Subscription> reading, CompletableFuture<HttpResponse> answer) {
            this.reading = reading;
            this.answer = answer;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reading.complete(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            taken += piece.remaining();
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            answer.complete(HttpResponse.text(200, String.valueOf(taken)));
        }
    }
}
