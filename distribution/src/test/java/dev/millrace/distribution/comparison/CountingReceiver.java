package dev.millrace.distribution.comparison;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.numbered.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xerial.snappy.Snappy;

/**
 * A receiver of remote write 1.0 that counts and forgets. It answers 204; 415 where the body is of another version or not
 * snappy, as receivers do that know nothing else. Thread-safe.
 */
final class CountingReceiver implements AutoCloseable {
    private static final String PATH = "/api/v1/write";

    private final Object lock = new Object();
    private final SampleCount samples;
    private final HttpServer server;
    private final ExecutorService executor;
    private long requests;
    private long refused;
    private long bytes;
    private long firstSample;

    private CountingReceiver(String prefix) throws IOException {
        samples = new SampleCount(prefix);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 64);
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext(PATH, this::handle);
    }

    /**
     * What came so far.
     *
     * @param requests requests that were answered with success
     * @param refused requests that were not
     * @param bytes the bodies of {@code requests}, as they were posted
     * @param samples the samples in them
     */
    record Received(long requests, long refused, long bytes, SampleCount.Result samples) {}

    /** Starts a receiver that tells the samples of pages from others by a prefix of their names. */
    static CountingReceiver start(String prefix) throws IOException {
        CountingReceiver receiver = new CountingReceiver(prefix);
        receiver.server.start();
        return receiver;
    }

    /** Where to write to. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** What came so far. */
    Received received() {
        synchronized (lock) {
            return new Received(requests, refused, bytes, samples.result());
        }
    }

    /** When the first sample of a page came, as {@link System#nanoTime}. */
    long firstSample() {
        synchronized (lock) {
            return firstSample;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = isVersion1(exchange.getRequestHeaders()) ? 204 : 415;
        count(status, body);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static boolean isVersion1(Headers headers) {
        return "snappy".equals(headers.getFirst("Content-Encoding"))
                && !String.valueOf(headers.getFirst("Content-Type")).contains("io.prometheus.write.v2.Request");
    }

    private void count(int status, byte[] body) throws IOException {
        byte[] plain = status == 204 ? Snappy.uncompress(body) : body;
        synchronized (lock) {
            if (status != 204) {
                refused++;
                return;
            }
            samples.add(plain);
            requests++;
            bytes += body.length;
            if (firstSample == 0 && samples.result().scraped() > 0) {
                firstSample = System.nanoTime();
            }
        }
    }
}
