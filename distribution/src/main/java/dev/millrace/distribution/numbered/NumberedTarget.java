package dev.millrace.distribution.numbered;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A target that numbers its pages: every series of page {@code n} has the value {@code n}, so that a receiver can tell
 * which pages arrived, whole or not. Thread-safe.
 */
public final class NumberedTarget implements AutoCloseable {
    /** The name of its series. */
    public static final String METRIC = "numbered_page";

    private final HttpServer server;
    private final int series;
    private final AtomicLong pages = new AtomicLong();
    private final ConcurrentSkipListMap<Long, ServedPage> served = new ConcurrentSkipListMap<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private volatile Duration thought = Duration.ZERO;
    private volatile boolean ended;

    private NumberedTarget(HttpServer server, int series) {
        this.server = server;
        this.series = series;
    }

    /** Starts a target with a number of series named {@link #METRIC}. */
    public static NumberedTarget start(int series) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            NumberedTarget target = new NumberedTarget(server, series);
            server.createContext("/metrics", target::answer);
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

    /** The pages that were handed over whole, by their numbers. */
    public SortedMap<Long, ServedPage> served() {
        return new ConcurrentSkipListMap<>((Map<Long, ServedPage>) served);
    }

    /** The number of series on each page. */
    public int series() {
        return series;
    }

    /** How many connections it was asked over. */
    public int connections() {
        return connections.size();
    }

    /** Takes its time for each page from now on. */
    public void thinkFor(Duration time) {
        thought = time;
    }

    /** Serves no further page: each request is answered with 503. */
    public void end() {
        ended = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (ended) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            long asked = System.currentTimeMillis();
            connections.add(exchange.getRemoteAddress());
            long number = pages.incrementAndGet();
            LockSupport.parkNanos(thought.toNanos());
            byte[] page = page(number).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(page);
            }
            served.put(number, new ServedPage(asked, System.currentTimeMillis()));
        }
    }

    private String page(long number) {
        StringBuilder page =
                new StringBuilder("# HELP " + METRIC + " The number of the page.\n# TYPE " + METRIC + " gauge\n");
        for (int i = 0; i < series; i++) {
            page.append(METRIC)
                    .append("{series=\"")
                    .append(i)
                    .append("\"} ")
                    .append(number)
                    .append('\n');
        }
        return page.toString();
    }
}
