package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
import static dev.millrace.core.transport.TransportFixture.failureOf;
import static dev.millrace.core.transport.TransportFixture.get;
import static dev.millrace.core.transport.TransportFixture.post;
import static dev.millrace.core.transport.TransportFixture.text;
import static dev.millrace.core.transport.TransportFixture.uri;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every buffer is released, on the good ways and on all others, watched by Netty's leak detection. */
final class LeakTest {
    private final Level before = ResourceLeakDetector.getLevel();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void watch() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
    }

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(before);
        ByteBufUtil.setLeakListener(null);
    }

    @Test
    void theDetectionFindsALeak() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeInt(1);
        detect();
        assertThat(leaks).isNotEmpty();
    }

    @Test
    void releasesAllBuffers() throws Exception {
        try (TransportFixture fixture = new TransportFixture()) {
            PooledClient client = fixture.client();
            Registration registration = fixture.serve("test", "/", 100_000, handler());
            for (int i = 0; i < 10; i++) {
                exchanges(client, registration);
                faults(client);
                streams(registration);
            }
        }
        detect();
        assertThat(leaks).isEmpty();
    }

    private static HttpHandler handler() {
        return request -> switch (request.uri().getPath()) {
            case "/echo" ->
                request.body()
                        .collect(new BodyBuffer(0), 1 << 20)
                        .thenApply(body -> new HttpResponse(200, HttpHeaders.EMPTY, HttpBody.of(body)));
            case "/stream" ->
                CompletableFuture.completedFuture(new HttpResponse(200, HttpHeaders.EMPTY, request.body()));
            case "/endless" ->
                CompletableFuture.completedFuture(
                        new HttpResponse(200, HttpHeaders.EMPTY, new EndlessBody(new CountDownLatch(1))));
            case "/never" -> new CompletableFuture<>();
            case "/throw" ->
                CompletableFuture.completedFuture(
                        new HttpResponse(200, HttpHeaders.EMPTY, new PiecesBody(HttpHeaders.EMPTY, "a").failing()));
            default -> CompletableFuture.completedFuture(HttpResponse.text(200, "unread"));
        };
    }

    private static void exchanges(PooledClient client, Registration registration) throws Exception {
        String body = "x".repeat(90_000);
        assertThat(text(get(client.send(post(uri(registration, "/echo"), body), LONG))))
                .isEqualTo(body);
        assertThat(text(get(client.send(post(uri(registration, "/stream"), body), LONG))))
                .isEqualTo(body);
        get(client.send(post(uri(registration, "/unread"), body), LONG)).body().collect(new BodyBuffer(0), 2);
        get(client.send(post(uri(registration, "/echo"), body + body), LONG)); // too large, and not read
        failureOf(get(client.send(HttpRequest.get(uri(registration, "/endless")), LONG))
                .body()
                .collect(new BodyBuffer(0), 10_000));
        failureOf(get(client.send(HttpRequest.get(uri(registration, "/throw")), LONG))
                .body()
                .collect(new BodyBuffer(0), 10_000));
        failureOf(client.send(post(uri(registration, "/never"), body), Duration.ofMillis(20)));
        client.send(HttpRequest.get(uri(registration, "/endless")), Duration.ofMillis(50)) // nobody reads it
                .handle((response, failure) -> "done")
                .get();
        client.send(post(uri(registration, "/echo"), body), LONG).cancel(true);
        client.send(
                        new HttpRequest(
                                "POST",
                                uri(registration, "/never"),
                                HttpHeaders.EMPTY,
                                new EndlessBody(new CountDownLatch(1))),
                        Duration.ofMillis(20))
                .handle((response, failure) -> "done")
                .get();
    }

    /** Over HTTP/2: answered, refused, not read, reset by the client, and open when the connection ends. */
    private static void streams(Registration registration) throws Exception {
        String body = "x".repeat(60_000);
        try (FrameClient client = new FrameClient(registration.address())) {
            for (String path : new String[] {"/echo", "/stream", "/unread", "/throw"}) {
                FrameClient.Stream stream = client.post(path);
                stream.send(body, false);
                stream.send(path.equals("/echo") ? body : "", true); // too large for one
                stream.answer();
            }
            FrameClient.Stream reset = client.post("/never");
            reset.send(body, false);
            reset.reset();
            client.get("/endless");
            client.post("/never").send(body, false).await(20_000);
        }
    }

    private static void faults(PooledClient client) throws Exception {
        String[] answers = {
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more that nobody asked for",
            "garbage\r\n\r\n"
        };
        for (String answer : answers) {
            try (RawServer server = new RawServer(connection -> {
                connection.readRequest();
                connection.write(answer);
            })) {
                client.send(HttpRequest.get(server.uri("/")), LONG)
                        .thenCompose(response -> response.body().collect(new BodyBuffer(0), 1000))
                        .handle((body, failure) -> "done")
                        .get();
            }
        }
    }

    /** Lets the garbage collector find buffers that were dropped; they are reported when others are made. */
    private static void detect() {
        for (int i = 0; i < 10; i++) {
            System.gc();
            for (int j = 0; j < 100; j++) {
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
    }
}
