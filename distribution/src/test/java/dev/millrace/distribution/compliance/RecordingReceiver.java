package dev.millrace.distribution.compliance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that records every request, whatever it answers, and complains of those that it cannot read. Thread-safe. */
final class RecordingReceiver implements AutoCloseable {
    /** Where it takes requests. */
    static final String PATH = "/some/where/api/v1/push?kind=write";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "recording receiver");
        thread.setDaemon(true);
        return thread;
    });
    private final Script script;
    private final List<SentRequest> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** What it answers. */
    @FunctionalInterface
    interface Script {
        Answer to(SentRequest request);
    }

    private RecordingReceiver(Script script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    static RecordingReceiver answering(Script script) {
        return new RecordingReceiver(script);
    }

    /** The whole URL. */
    String url() {
        return address() + PATH;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All requests, in the order of their arrival; fails where one could not be read. */
    List<SentRequest> requests() {
        synchronized (requests) {
            if (!complaints.isEmpty()) {
                throw new AssertionError(String.join("\n", complaints));
            }
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            SentRequest request;
            synchronized (requests) {
                try {
                    request = SentRequest.read(
                            requests.size(),
                            System.nanoTime(),
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            body);
                } catch (IOException | RuntimeException e) {
                    complaints.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().entrySet() + ": " + e);
                    exchange.sendResponseHeaders(400, -1);
                    return;
                }
                requests.add(request);
            }
            script.to(request).send(exchange);
        }
    }
}
