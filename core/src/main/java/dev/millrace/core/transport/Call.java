package dev.millrace.core.transport;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a client's user: a request, the redirects that it meets, and the time limit for all of it. Thread-safe. */
final class Call {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_REDIRECT_BODY = 64 * 1024;
    /** After which a request without a body is made again as it was. */
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** After which any request is made again as it was (RFC 9110, sections 15.4.8 and 15.4.9). */
    private static final Set<Integer> SAME_REQUEST = Set.of(307, 308);

    private final ConnectionPool pool;
    private final Workers workers;
    private final Proxies proxies;
    private final boolean follows;
    private final Duration limit;
    private final Consumer<Call> onEnd;
    private final CompletableFuture<HttpResponse> result = new CompletableFuture<>();
    private volatile @Nullable Exchange current;
    private volatile @Nullable Future<?> alarm;
    private volatile @Nullable Throwable givenUp;
    private volatile boolean redirecting;
    private int redirects;

    /**
     * A call that has not begun.
     *
     * @param follows whether redirects are followed
     * @param onEnd is called when nothing more will happen, once or more
     */
    Call(ConnectionPool pool, Workers workers, Proxies proxies, boolean follows, Duration limit, Consumer<Call> onEnd) {
        this.proxies = proxies;
        this.follows = follows;
        this.onEnd = onEnd;
        this.pool = pool;
        this.workers = workers;
        this.limit = limit;
    }

    CompletableFuture<HttpResponse> start(HttpRequest request, Connector connector) {
        alarm = connector.loops().next().schedule(this::expired, limit.toNanos(), TimeUnit.NANOSECONDS);
        result.whenComplete((response, failure) -> {
            if (failure instanceof CancellationException) {
                abort(failure);
            }
        });
        hop(request);
        return result;
    }

    private void hop(HttpRequest request) {
        Exchange exchange;
        try {
            Destination destination = Destination.of(request.uri());
            exchange = new Exchange(
                    this, destination, request, RequestHead.of(request, destination, proxies.to(destination)));
        } catch (HttpConfigurationException invalid) {
            failed(invalid);
            return;
        }
        current = exchange;
        redirecting = false;
        Throwable reason = givenUp;
        if (reason != null) {
            failed(reason);
            return;
        }
        pool.submit(exchange);
    }

    private void expired() {
        Exchange exchange = current;
        String where = exchange == null ? "" : exchange.destination() + ": ";
        String phase = exchange == null ? "" : " (" + exchange.phase() + ")";
        abort(new TimeoutException(where + "not answered within " + Failures.seconds(limit) + phase));
    }

    /** Gives up wherever it is. */
    void abort(Throwable reason) {
        givenUp = reason;
        Exchange exchange = current;
        if (exchange == null) {
            failed(reason);
        } else {
            exchange.abort(reason);
        }
    }

    void forget(Exchange exchange) {
        pool.forget(exchange);
    }

    void failed(Throwable reason) {
        finished();
        workers.runInAnyCase(() -> result.completeExceptionally(reason));
    }

    /** The body of an exchange's answer is delivered or given up. */
    void bodyClosed() {
        if (!redirecting) {
            finished();
        }
    }

    /** Nothing more will come: the time limit is lifted. */
    private void finished() {
        onEnd.accept(this);
        Future<?> timer = alarm;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    void answered(HttpResponse response, @Nullable InboundBody body) {
        workers.runInAnyCase(() -> {
            Exchange exchange = current;
            if (exchange == null || !redirected(exchange, response)) {
                give(response, body);
            }
        });
    }

    private void give(HttpResponse response, @Nullable InboundBody body) {
        if (body == null) {
            finished();
        }
        if (!result.complete(response) && body != null) {
            body.abandon();
        }
    }

    private boolean redirected(Exchange exchange, HttpResponse response) {
        Optional<String> location = response.headers().first("Location");
        HttpRequest request = exchange.request();
        if (!follows
                || !followed(request.method()).contains(response.status())
                || location.isEmpty()
                || request.body().inMemory().isEmpty()) {
            return false;
        }
        URI target;
        try {
            target = request.uri().resolve(location.get());
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
        redirects++;
        if (redirects > MAX_REDIRECTS) {
            IOException reason = new HttpConfigurationException(
                    exchange.destination() + ": more than " + MAX_REDIRECTS + " redirects; check the URL");
            exchange.abort(reason);
            failed(reason);
            return true;
        }
        redirecting = true;
        // Whether the rest of the answer could be read matters to the connection only.
        response.body()
                .collect(new BodyBuffer(0), MAX_REDIRECT_BODY)
                .whenComplete((read, failure) -> follow(request, exchange.destination(), target));
        return true;
    }

    private static Set<Integer> followed(String method) {
        return method.equals("GET") || method.equals("HEAD") ? REDIRECTS : SAME_REQUEST;
    }

    private void follow(HttpRequest request, Destination from, URI target) {
        HttpHeaders headers = request.headers();
        try {
            if (!Destination.of(target).equals(from)) {
                headers = HeaderFields.forAnotherServer(headers);
            }
        } catch (HttpConfigurationException invalid) {
            failed(new HttpConfigurationException(
                    from + ": redirected to an unusable address: " + invalid.getMessage()));
            return;
        }
        hop(new HttpRequest(request.method(), target, headers, request.body()));
    }
}
