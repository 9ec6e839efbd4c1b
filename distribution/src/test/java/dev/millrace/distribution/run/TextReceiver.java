package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A receiver of texts, by POST, that keeps them all. Thread-safe. */
public final class TextReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Post> posts = new ArrayList<>();
    private volatile int status = 204;

    /**
     * A request.
     *
     * @param target path and query
     * @param body its body
     */
    public record Post(String target, String body) {}

    private TextReceiver(HttpServer server) {
        this.server = server;
    }

    /** Starts a receiver on a free port. */
    public static TextReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            TextReceiver receiver = new TextReceiver(server);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                synchronized (receiver.posts) {
                    receiver.posts.add(new Post(exchange.getRequestURI().toString(), body));
                }
                exchange.sendResponseHeaders(receiver.status, -1);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to write to. */
    public String url() {
        return "http://" + address() + "/write";
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on each request is answered so. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** All requests so far. */
    public List<Post> posts() {
        synchronized (posts) {
            return List.copyOf(posts);
        }
    }

    /** All lines so far. */
    public List<String> lines() {
        return posts().stream().flatMap(post -> post.body().lines()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
