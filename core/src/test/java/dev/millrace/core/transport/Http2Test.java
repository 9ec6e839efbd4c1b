package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests over HTTP/2, and their answers. */
final class Http2Test {
    private static final HttpHandler ECHO = request -> request.body()
            .collect(new BodyBuffer(0), 1 << 20)
            .thenApply(body -> HttpResponse.text(200, request.method() + " " + request.uri() + " " + body));

    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private FrameClient client(HttpHandler handler) throws Exception {
        return new FrameClient(fixture.serve("/", handler).address());
    }

    @Test
    void answersAClientThatBeginsWithThePreface() throws Exception {
        try (FrameClient client = client(ECHO)) {
            FrameClient.Stream stream = client.post("/write?a=b");
            stream.send("hello", true);
            FrameClient.Answer answer = stream.answer();
            assertThat(answer.status()).isEqualTo("200");
            assertThat(answer.body()).isEqualTo("POST /write?a=b hello");
            assertThat(answer.headers())
                    .containsEntry("content-type", "text/plain; charset=utf-8")
                    .doesNotContainKeys("connection", "transfer-encoding");
            assertThat(client.get("/again").answer().body()).isEqualTo("GET /again ");
        }
    }

    @Test
    void servesBothProtocolsAtOneSocket() throws Exception {
        Registration registration = fixture.serve("/", ECHO);
        try (FrameClient second = new FrameClient(registration.address());
                RawClient first = new RawClient(registration.address());
                RawClient inPieces = new RawClient(registration.address())) {
            first.send("PRI * HTTP/1.1\r\n\r\n"); // begins as the preface does
            assertThat(first.readUntil("\r\n")).startsWith("HTTP/1.1 400 ");
            inPieces.send("P");
            assertThat(second.get("/").answer().status()).isEqualTo("200");
            inPieces.send("OST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n!");
            assertThat(inPieces.readUntil("POST / !")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void answersStreamsInTheOrderOfTheHandler() throws Exception {
        Map<String, CompletableFuture<HttpResponse>> waiting = new ConcurrentHashMap<>();
        try (FrameClient client = client(
                request -> waiting.computeIfAbsent(request.uri().getPath(), path -> new CompletableFuture<>()))) {
            List<FrameClient.Stream> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streams.add(client.get("/" + i));
            }
            TransportFixture.await(() -> waiting.size() == 50);
            for (int i = 49; i >= 0; i--) {
                waiting.get("/" + i).complete(HttpResponse.text(200, "answer " + i));
                assertThat(streams.get(i).answer().body()).isEqualTo("answer " + i);
            }
        }
    }

    @Test
    void givesTheHandlerAuthorityFieldsAndTrailers() throws Exception {
        CompletableFuture<HttpRequest> seen = new CompletableFuture<>();
        try (FrameClient client = client(request -> {
            seen.complete(request);
            return ECHO.handle(request);
        })) {
            FrameClient.Stream stream = client.post("/", "te", "trailers", "grpc-timeout", "1S");
            stream.send("x", false);
            stream.sendTrailers("checksum", "12");
            assertThat(stream.answer().body()).isEqualTo("POST / x");
        }
        HttpRequest request = get(seen);
        assertThat(request.headers().first("Host")).hasValue("test");
        assertThat(request.headers().first("grpc-timeout")).hasValue("1S");
        assertThat(request.headers().first("te")).hasValue("trailers");
        assertThat(request.headers().toString()).doesNotContain("x-http2");
        assertThat(request.body().trailers().first("checksum")).hasValue("12");
    }

    @Test
    void sendsTrailersThatAreKnownAfterTheBody() throws Exception {
        PiecesBody pieces = new PiecesBody(HttpHeaders.of("grpc-status", "0"), "a", "b");
        HttpBody inMemory = HttpBody.of("c".getBytes(UTF_8), HttpHeaders.of("grpc-status", "5"));
        try (FrameClient client = client(request -> CompletableFuture.completedFuture(new HttpResponse(
                200, HttpHeaders.EMPTY, request.uri().getPath().equals("/pieces") ? pieces : inMemory)))) {
            FrameClient.Answer streamed = client.get("/pieces").answer();
            assertThat(streamed.body()).isEqualTo("ab");
            assertThat(streamed.trailers()).isEqualTo(Map.of("grpc-status", "0"));
            assertThat(streamed.frames()).endsWith("DATA HEADERS+");
            FrameClient.Answer whole = client.get("/memory").answer();
            assertThat(whole.body()).isEqualTo("c");
            assertThat(whole.trailers()).isEqualTo(Map.of("grpc-status", "5"));
        }
    }

    @Test
    void anAnswerWithoutABodyIsOneFrame() throws Exception {
        HttpHeaders status = HttpHeaders.of("Content-Type", "application/grpc", "grpc-status", "14");
        try (FrameClient client =
                client(request -> CompletableFuture.completedFuture(new HttpResponse(200, status, HttpBody.empty())))) {
            FrameClient.Answer answer = client.get("/").answer();
            assertThat(answer.frames()).isEqualTo("HEADERS+");
            assertThat(answer.headers()).containsEntry("grpc-status", "14");
        }
    }

    @Test
    void trailersOfABodyInMemoryGoOverHttp1InAChunkedBody() throws Exception {
        Registration registration = fixture.serve(
                "/",
                request -> CompletableFuture.completedFuture(new HttpResponse(
                        200, HttpHeaders.EMPTY, HttpBody.of("c".getBytes(UTF_8), HttpHeaders.of("checksum", "5")))));
        try (RawClient client = new RawClient(registration.address())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("checksum: 5\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n")
                    .endsWith("1\r\nc\r\n0\r\nchecksum: 5\r\n\r\n");
        }
    }

    @Test
    void reportsAHandlerThatFails() throws Exception {
        try (FrameClient client = client(request -> {
            throw new IllegalStateException("broken");
        })) {
            assertThat(client.get("/").answer().status()).isEqualTo("500");
            assertThat(client.get("/").answer().status()).isEqualTo("500");
        }
    }

    @Test
    void asksForABodyThatWaitsForThat() throws Exception {
        try (FrameClient client = client(ECHO)) {
            FrameClient.Stream stream = client.post("/", "expect", "100-continue");
            stream.send("x", true);
            assertThat(stream.answer().frames()).startsWith("HEADERS HEADERS");
        }
    }
}
