package dev.millrace.distribution.numbered;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server of the loopback address that takes requests of remote write 1.0 and 2.0 and leaves the status to whoever started
 * it. To 2.0 it also says what was written: all with a status of success, else nothing.
 */
public final class RemoteWriteEndpoint implements AutoCloseable {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    private final HttpServer server;
    private final ExecutorService executor;

    private RemoteWriteEndpoint(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** What becomes of a request; called by several threads at the same time. */
    @FunctionalInterface
    public interface Answer {
        /** The status to answer with. An exception cuts the connection. */
        int to(Headers headers, byte[] body) throws IOException;
    }

    /** Starts one on a port of the loopback address. */
    public static RemoteWriteEndpoint start(int port, Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/api/v1/write", exchange -> handle(exchange, answer));
        server.start();
        return new RemoteWriteEndpoint(server, executor);
    }

    /** Where to write to at one that listens on this port. */
    public static String url(int port) {
        return "http://127.0.0.1:" + port + "/api/v1/write";
    }

    /** Where to write to. */
    public String url() {
        return url(server.getAddress().getPort());
    }

    /** Stops listening; connections are cut. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void handle(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = answer.to(exchange.getRequestHeaders(), body);
            if (isVersion2(exchange.getRequestHeaders())) {
                tell(
                        exchange.getResponseHeaders(),
                        status / 100 == 2 ? RemoteWriteBody.of(body) : new RemoteWriteBody(List.of(), 0, 0));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static void tell(Headers headers, RemoteWriteBody written) {
        headers.set(
                WRITTEN.formatted("Samples"), String.valueOf(written.samples().size()));
        headers.set(WRITTEN.formatted("Histograms"), String.valueOf(written.histograms()));
        headers.set(WRITTEN.formatted("Exemplars"), String.valueOf(written.exemplars()));
    }

    private static boolean isVersion2(Headers headers) {
        String type = headers.getFirst("Content-Type");
        return type != null && type.contains("io.prometheus.write.v2.Request");
    }
}
