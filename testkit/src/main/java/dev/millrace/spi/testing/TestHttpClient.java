package dev.millrace.spi.testing;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A client whose answers a test gives. Requests wait until {@link #answerAll} is called, as those to a real server do.
 * Thread-safe.
 */
public final class TestHttpClient implements HttpClient {
    private static final int LARGEST_BODY = 64 << 20;

    private final Object lock = new Object();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Exchange> open = new ArrayList<>();
    private volatile @Nullable Answer answer = request -> HttpResponse.empty(200);
    private volatile Runnable observer = () -> {};

    TestHttpClient() {}

    /** What a server would do with a request. */
    @FunctionalInterface
    public interface Answer {
        /** The answer; what is thrown is what the client's stage fails with. */
        HttpResponse to(Sent request) throws Exception;
    }

    /**
     * A request that was sent.
     *
     * @param request what the plugin gave the client
     * @param body the bytes of its body
     */
    public record Sent(HttpRequest request, byte[] body) {}

    private record Exchange(Sent sent, CompletableFuture<HttpResponse> response) {}

    /** Answers all requests from now on, those that wait included. */
    public TestHttpClient answer(Answer chosen) {
        answer = chosen;
        return this;
    }

    /** Answers with this status and an empty body. */
    public TestHttpClient answer(int status) {
        return answer(request -> HttpResponse.empty(status));
    }

    /** Nobody listens at the address. */
    public TestHttpClient refuse() {
        return answer(request -> {
            throw new ConnectException("127.0.0.1:1: connection refused");
        });
    }

    /** The server takes requests and says nothing. */
    public TestHttpClient hang() {
        answer = null;
        return this;
    }

    /** All requests so far. */
    public List<Sent> sent() {
        synchronized (lock) {
            return List.copyOf(sent);
        }
    }

    /** Has something told of each request before it is sent. */
    void observe(Runnable told) {
        observer = told;
    }

    /** Answers what waits, unless the server hangs. */
    public void answerAll() {
        Answer chosen = answer;
        if (chosen == null) {
            return;
        }
        for (Exchange exchange : take()) {
            try {
                exchange.response.complete(chosen.to(exchange.sent));
            } catch (Throwable e) { // what a test wants the stage to fail with, Errors included
                exchange.response.completeExceptionally(e);
            }
        }
    }

    /** Closes all connections, as the host does when the component has stopped. */
    void closeAll() {
        take().forEach(exchange -> exchange.response.completeExceptionally(new IOException("the client was closed")));
    }

    private List<Exchange> take() {
        synchronized (lock) {
            List<Exchange> taken = List.copyOf(open);
            open.clear();
            return taken;
        }
    }

    @Override
    public CompletionStage<HttpResponse> send(HttpRequest request, Duration timeout) {
        observer.run();
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        request.body().collect(new BodyBuffer(1024), LARGEST_BODY).whenComplete((body, failure) -> {
            if (failure != null) {
                response.completeExceptionally(failure);
                return;
            }
            Sent next = new Sent(request, body.toByteArray());
            synchronized (lock) {
                sent.add(next);
                open.add(new Exchange(next, response));
            }
        });
        return response;
    }
}
