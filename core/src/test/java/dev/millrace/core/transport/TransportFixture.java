package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A transport with workers of its own, and short words for what its tests do. */
final class TransportFixture implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);
    static final ServerLimits LIMITS = new ServerLimits(
            4096,
            100,
            100,
            Duration.ofSeconds(30),
            LONG,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService workers = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "test-worker-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    final Transport transport;

    TransportFixture() {
        this(LIMITS, new Tls());
    }

    TransportFixture(ServerLimits limits) {
        this(limits, new Tls());
    }

    TransportFixture(SslContext context) {
        this(LIMITS, new Tls(context));
    }

    private TransportFixture(ServerLimits limits, Tls tls) {
        transport = new Transport(workers, limits, tls);
    }

    ExecutorService workers() {
        return workers;
    }

    PooledClient client() {
        return transport.client(HttpClientSettings.DEFAULT);
    }

    PooledClient client(int maxConnections, Duration connectTimeout) {
        return transport.client(
                new HttpClientSettings(connectTimeout, maxConnections, maxConnections, Duration.ofSeconds(90)));
    }

    Registration serve(String path, HttpHandler handler) throws Exception {
        return serve("test", path, 1 << 20, handler);
    }

    Registration serve(String owner, String path, long maxBody, HttpHandler handler) throws Exception {
        return transport.serve(loopback(0), new Route(owner, path, maxBody, handler));
    }

    /** How many requests the listeners answered themselves by a status. */
    long refused(int status) {
        return transport.refusals().requests().entrySet().stream()
                .filter(request -> request.getKey().status() == status)
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static URI uri(Registration registration, String path) {
        return URI.create("http://127.0.0.1:" + registration.address().getPort() + path);
    }

    static HttpRequest post(URI uri, String body) {
        return new HttpRequest("POST", uri, HttpHeaders.EMPTY, HttpBody.of(body.getBytes(UTF_8)));
    }

    static <T> T get(CompletionStage<T> stage) throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** The cause of the stage's failure. */
    static Throwable failureOf(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            Object value = get(stage);
            throw new AssertionError("expected a failure, but got " + value);
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    static String text(HttpResponse response) throws Exception {
        return get(response.body().collect(new BodyBuffer(0), 1 << 20)).toString();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 20 s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        transport.close();
        workers.shutdown();
    }
}
