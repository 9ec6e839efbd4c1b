package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A target that numbers its pages: every series of page {@code n} has the value {@code n}, so that a receiver can tell
 * which pages arrived, whole or not.
 */
public final class NumberedTarget implements AutoCloseable {
    private final HttpServer server;
    private final int series;
    private final AtomicLong pages = new AtomicLong();

    private NumberedTarget(HttpServer server, int series) {
        this.server = server;
        this.series = series;
    }

    /** Starts a target with a number of series named {@code numbered_page}. */
    public static NumberedTarget start(int series) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            NumberedTarget target = new NumberedTarget(server, series);
            server.createContext("/metrics", exchange -> {
                byte[] page = target.page(target.pages.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(page);
                }
            });
            server.setExecutor(Executors.newFixedThreadPool(2, task -> {
                Thread thread = new Thread(task, "target");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many pages were asked for. */
    public long pages() {
        return pages.get();
    }

    /** The number of series on each page. */
    public int series() {
        return series;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String page(long number) {
        StringBuilder page =
                new StringBuilder("# HELP numbered_page The number of the page.\n# TYPE numbered_page gauge\n");
        for (int i = 0; i < series; i++) {
            page.append("numbered_page{series=\"")
                    .append(i)
                    .append("\"} ")
                    .append(number)
                    .append('\n');
        }
        return page.toString();
    }
}
