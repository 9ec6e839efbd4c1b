package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A target that answers what no collector wants. */
public final class BadTarget implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;
    private final CountDownLatch closed = new CountDownLatch(1);

    private BadTarget() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "bad target");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
    }

    /** One that answers with a page for people. */
    public static BadTarget html() {
        return new BadTarget().serve(exchange -> {
            byte[] page = "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
    }

    /** One that answers with a page for people and calls it metrics. */
    public static BadTarget htmlAsMetrics() {
        return new BadTarget().serve(exchange -> {
            byte[] page = "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
    }

    /** One whose page never ends, as fast as the network takes it. */
    public static BadTarget endless() {
        BadTarget target = new BadTarget();
        return target.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] lines = "endless 1\n".repeat(6_000).getBytes(StandardCharsets.UTF_8);
            while (target.closed.getCount() > 0) {
                body.write(lines);
            }
        });
    }

    /** One that answers with half a page and then nothing more. */
    public static BadTarget hangingInItsPage() {
        BadTarget target = new BadTarget();
        return target.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("half_a_page 1\nhalf_a".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            target.awaitClose();
        });
    }

    /** One that takes a request and does not answer. */
    public static BadTarget hanging() {
        BadTarget target = new BadTarget();
        return target.serve(exchange -> target.awaitClose());
    }

    /** One that answers with a status. */
    public static BadTarget answering(int status) {
        return new BadTarget().serve(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private BadTarget serve(HttpHandler handler) {
        server.createContext("/metrics", exchange -> {
            try (HttpExchange whole = exchange) {
                handler.handle(whole);
            }
        });
        server.start();
        return this;
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the target is closed
        }
    }
}
