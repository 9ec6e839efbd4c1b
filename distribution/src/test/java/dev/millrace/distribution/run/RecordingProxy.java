package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A proxy in front of a target that keeps every page it passed on. Thread-safe. */
public final class RecordingProxy implements AutoCloseable {
    private final HttpServer server;
    private final List<String> pages = new ArrayList<>();

    private RecordingProxy(HttpServer server) {
        this.server = server;
    }

    /** Starts a proxy for the target at an address. */
    public static RecordingProxy start(String target) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            RecordingProxy proxy = new RecordingProxy(server);
            server.createContext("/", exchange -> {
                HttpResponse<String> answer =
                        Web.send(HttpRequest.newBuilder(URI.create("http://" + target + exchange.getRequestURI()))
                                .header("Accept", "text/plain;version=0.0.4"));
                byte[] page = answer.body().getBytes(StandardCharsets.UTF_8);
                synchronized (proxy.pages) {
                    proxy.pages.add(answer.body());
                }
                exchange.getResponseHeaders()
                        .set(
                                "Content-Type",
                                answer.headers().firstValue("Content-Type").orElseThrow());
                exchange.sendResponseHeaders(answer.statusCode(), page.length);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(page);
                }
            });
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** All pages so far. */
    public List<String> pages() {
        synchronized (pages) {
            return List.copyOf(pages);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
