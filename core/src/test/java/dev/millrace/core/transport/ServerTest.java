package dev.millrace.core.transport;

import static dev.millrace.core.transport.TransportFixture.LONG;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a listener reads requests and writes answers. */
final class ServerTest {
    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static HttpHandler ok() {
        return request -> CompletableFuture.completedFuture(HttpResponse.text(200, "ok"));
    }

    /** Answers with the request's body. */
    private static HttpHandler echo() {
        return request -> request.body()
                .collect(new BodyBuffer(0), 1 << 20)
                .thenApply(body -> new HttpResponse(200, HttpHeaders.EMPTY, HttpBody.of(body)));
    }

    @Test
    void handsTheRequestToAWorkerAndTheAnswerToTheClient() throws Exception {
        CompletableFuture<HttpRequest> seen = new CompletableFuture<>();
        CompletableFuture<String> thread = new CompletableFuture<>();
        Registration registration = fixture.serve("/write", request -> {
            seen.complete(request);
            thread.complete(Thread.currentThread().getName());
            return echo().handle(request);
        });
        try (PooledClient client = fixture.client()) {
            HttpRequest request = post(uri(registration, "/write/more?x=%20y"), "hello")
                    .withHeaders(HttpHeaders.of("X-A", "1").plus("X-A", "2"));
            assertThat(text(get(client.send(request, LONG)))).isEqualTo("hello");
        }
        assertThat(get(seen).method()).isEqualTo("POST");
        assertThat(get(seen).uri()).hasToString("/write/more?x=%20y");
        assertThat(get(seen).headers().all("x-a")).containsExactly("1", "2");
        assertThat(get(seen).body().length()).hasValue(5);
        assertThat(get(thread)).startsWith("test-worker-");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        Map<String, CompletableFuture<HttpResponse>> answers = new ConcurrentHashMap<>();
        CountDownLatch first = new CountDownLatch(1);
        Registration registration = fixture.serve("/", request -> {
            first.countDown();
            return answers.computeIfAbsent(request.uri().getPath(), path -> new CompletableFuture<>());
        });
        try (RawClient client = new RawClient(registration.address())) {
            client.send(
                    "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
            client.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
            for (String path : new String[] {"/3", "/2"}) {
                answers.computeIfAbsent(path, absent -> new CompletableFuture<>())
                        .complete(HttpResponse.text(200, "answer " + path));
            }
            first.await();
            TransportFixture.await(() -> answers.containsKey("/1"));
            answers.get("/1").complete(HttpResponse.text(200, "answer /1"));
            assertThat(client.readUntil("answer /1")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.readUntil("answer /2")).contains("200 OK").doesNotContain("/3");
            assertThat(client.readUntil("answer /3")).contains("200 OK");
        }
    }

    @Test
    void theLongestPathWins() throws Exception {
        Registration root = fixture.serve("root", "/", 10, answering("root"));
        fixture.serve("a", "/api", 10, answering("api"));
        fixture.serve("b", "/api/v1/", 10, answering("v1"));
        try (PooledClient client = fixture.client()) {
            String[][] expected = {
                {"/", "root"},
                {"/apix", "root"},
                {"/api", "api"},
                {"/api/", "api"},
                {"/api/v12", "api"},
                {"/api/v1", "v1"},
                {"/api/v1/x?y", "v1"},
                {"//api", "api"}
            };
            for (String[] pair : expected) {
                HttpRequest request = HttpRequest.get(uri(root, pair[0]));
                assertThat(text(get(client.send(request, LONG)))).as(pair[0]).isEqualTo(pair[1]);
            }
            root.close();
            HttpResponse none = get(client.send(HttpRequest.get(uri(root, "/other")), LONG));
            assertThat(none.status()).isEqualTo(404);
            assertThat(text(none)).isEqualTo("nothing is served at /other\n");
        }
    }

    private static HttpHandler answering(String text) {
        return request -> CompletableFuture.completedFuture(HttpResponse.text(200, text));
    }

    @Test
    void streamsAnAnswerInChunksWithTrailers() throws Exception {
        Registration registration = fixture.serve(
                "/",
                request -> CompletableFuture.completedFuture(new HttpResponse(
                        200, HttpHeaders.EMPTY, new PiecesBody(HttpHeaders.of("X-End", "1"), "ab", "", "cde"))));
        try (RawClient client = new RawClient(registration.address())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("0\r\nX-End: 1\r\n\r\n"))
                    .isEqualToIgnoringCase(
                            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX-End: 1\r\n\r\n");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.readAll()).endsWith("\r\n\r\nabcde").doesNotContainIgnoringCase("chunked");
        }
    }

    @Test
    void readsChunksAndTrailersOfARequest() throws Exception {
        CompletableFuture<String> trailer = new CompletableFuture<>();
        Registration registration = fixture.serve(
                "/",
                request -> echo().handle(request).thenApply(answer -> {
                    trailer.complete(request.body().trailers().first("X-Sum").orElse("none"));
                    return answer;
                }));
        try (PooledClient client = fixture.client()) {
            HttpRequest request = new HttpRequest(
                    "PUT",
                    uri(registration, "/"),
                    HttpHeaders.EMPTY,
                    new PiecesBody(HttpHeaders.of("X-Sum", "7"), "some ", "text"));
            assertThat(text(get(client.send(request, LONG)))).isEqualTo("some text");
            assertThat(get(trailer)).isEqualTo("7");
        }
    }

    @Test
    void givesAHeadRequestTheHeaderOnly() throws Exception {
        Registration registration = fixture.serve("/", ok());
        try (RawClient client = new RawClient(registration.address())) {
            client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).containsIgnoringCase("content-length: 2");
            assertThat(client.readUntil("ok")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void closesWhereTheClientDoesNotKeepTheConnection() throws Exception {
        Registration registration = fixture.serve("/", ok());
        for (String request :
                new String[] {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"}) {
            try (RawClient client = new RawClient(registration.address())) {
                assertThat(client.send(request).readAll()).endsWith("ok");
            }
        }
    }

    @Test
    void asksForTheBodyOnlyWhenTheHandlerWantsIt() throws Exception {
        Registration registration = fixture.serve("/", echo());
        try (RawClient client = new RawClient(registration.address())) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("body");
            assertThat(client.readUntil("body")).startsWith("HTTP/1.1 200 OK");
        }
        Registration refusing = fixture.serve(
                "other", "/no", 100, request -> CompletableFuture.completedFuture(HttpResponse.empty(401)));
        try (RawClient client = new RawClient(refusing.address())) {
            client.send("POST /no HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 401 Unauthorized");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "thrown, 500",
        "failed, 500",
        "null stage, 500",
        "null answer, 500",
        "bad status, 500",
        "bad header, 500",
        "failed body, 200"
    })
    void aHandlerThatFailsCostsOnlyItsOwnRequest(String how, int status) throws Exception {
        Registration registration = fixture.serve("/", request -> failing(how));
        fixture.serve("fine", "/fine", 10, ok());
        try (RawClient client = new RawClient(registration.address())) {
            String answer = client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAll();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("secret");
        }
        try (PooledClient client = fixture.client()) {
            assertThat(text(get(client.send(HttpRequest.get(uri(registration, "/fine")), LONG))))
                    .isEqualTo("ok");
        }
    }

    @SuppressWarnings("NullAway")
    private static CompletableFuture<HttpResponse> failing(String how) {
        return switch (how) {
            case "thrown" -> throw new IllegalStateException("secret");
            case "failed" -> CompletableFuture.failedFuture(new IllegalStateException("secret"));
            case "null stage" -> null;
            case "null answer" -> CompletableFuture.completedFuture(null);
            case "bad status" -> CompletableFuture.completedFuture(HttpResponse.empty(1000));
            case "bad header" ->
                CompletableFuture.completedFuture(
                        new HttpResponse(200, HttpHeaders.of("X", "secret\r\nY: 1"), HttpBody.empty()));
            default ->
                CompletableFuture.completedFuture(
                        new HttpResponse(200, HttpHeaders.EMPTY, new PiecesBody(HttpHeaders.EMPTY, "abc").failing()));
        };
    }
}
