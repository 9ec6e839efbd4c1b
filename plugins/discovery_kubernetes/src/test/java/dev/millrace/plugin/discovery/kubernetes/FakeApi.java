package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The API of a cluster, as a client sees it: lists that are prepared, and watches that a test speaks on. */
final class FakeApi implements HttpClient {
    final List<HttpRequest> requests = new ArrayList<>();
    /** The watches that were asked for last, by path. */
    final Map<String, OpenWatch> watches = new HashMap<>();

    private final Map<String, String> lists = new HashMap<>();
    private final Map<String, Deque<CompletionStage<HttpResponse>>> next = new HashMap<>();

    /** Lists a path from now on. */
    void list(String path, String version, String... items) {
        lists.put(path, page(version, "", items));
    }

    static String page(String version, String token, String... items) {
        return "{\"kind\": \"List\", \"metadata\": {\"resourceVersion\": \"" + version + "\", \"continue\": \"" + token
                + "\"}, \"items\": [" + String.join(",", items) + "]}";
    }

    /** Gives the next requests of a path, watches or not, these answers before others. */
    void answer(String path, HttpResponse... responses) {
        for (HttpResponse response : responses) {
            next.computeIfAbsent(path, first -> new ArrayDeque<>()).add(CompletableFuture.completedFuture(response));
        }
    }

    /** Fails the next request of a path. */
    void fail(String path, String message) {
        next.computeIfAbsent(path, first -> new ArrayDeque<>())
                .add(CompletableFuture.failedFuture(new IOException(message)));
    }

    static HttpResponse json(int status, String text) {
        return new HttpResponse(
                status,
                HttpHeaders.of("Content-Type", "application/json"),
                HttpBody.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The paths and queries of all requests. */
    List<String> asked() {
        return requests.stream()
                .map(request -> request.uri().getRawPath() + "?" + request.uri().getRawQuery())
                .map(text -> text.replaceFirst("timeoutSeconds=\\d+", "timeoutSeconds=N"))
                .toList();
    }

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        requests.add(request);
        String path = request.uri().getPath();
        Deque<CompletionStage<HttpResponse>> prepared = next.getOrDefault(path, new ArrayDeque<>());
        if (!prepared.isEmpty()) {
            return prepared.remove();
        }
        if (!request.uri().getQuery().contains("watch=true")) {
            return CompletableFuture.completedFuture(json(200, lists.getOrDefault(path, page("1", ""))));
        }
        OpenWatch watch = new OpenWatch();
        watches.put(path, watch);
        return CompletableFuture.completedFuture(new HttpResponse(200, HttpHeaders.EMPTY, watch));
    }

    /** The answer of a watch, which goes on until a test ends it. */
    static final class OpenWatch implements HttpBody {
        private final CompletableFuture<Flow.Subscriber<? super ByteBuffer>> subscriber = new CompletableFuture<>();
        boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
            subscriber.complete(given);
            given.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long pieces) {}

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
        }

        void event(String type, String object) {
            send("{\"type\": \"" + type + "\", \"object\": " + object + "}\n");
        }

        /** Sends a text in pieces of few bytes. */
        void send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += 7) {
                subscriber
                        .join()
                        .onNext(ByteBuffer.wrap(bytes, i, Math.min(7, bytes.length - i))
                                .asReadOnlyBuffer());
            }
        }

        void end() {
            subscriber.join().onComplete();
        }

        void breakOff() {
            subscriber.join().onError(new IOException("the connection was reset"));
        }
    }
}
