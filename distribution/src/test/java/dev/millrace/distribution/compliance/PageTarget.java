package dev.millrace.distribution.compliance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A target with a page for each scrape. */
final class PageTarget implements AutoCloseable {
    /** The type of the plain text format. */
    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The type of OpenMetrics. */
    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final HttpServer server;
    private final AtomicInteger scrapes = new AtomicInteger();

    private PageTarget(String type, IntFunction<byte[]> pages) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] page = pages.apply(scrapes.getAndIncrement());
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(page.length == 0 ? 500 : 200, page.length == 0 ? -1 : page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
    }

    /** A target whose page depends on the number of the scrape, from 0; an empty one is answered with 500. */
    static PageTarget of(String type, IntFunction<String> pages) {
        return ofBytes(type, scrape -> pages.apply(scrape).getBytes(StandardCharsets.UTF_8));
    }

    /** A target with pages that are no text. */
    static PageTarget ofBytes(String type, IntFunction<byte[]> pages) {
        return new PageTarget(type, pages);
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was scraped. */
    int scrapes() {
        return scrapes.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
