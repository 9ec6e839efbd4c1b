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
    private final ExecutorService executor;
    private final int port = Ports.free();
    private HttpServer server;
    private volatile int refusal;
    private long requests;
    private long refused;
    private long bytes;
    private long firstSample;

    private CountingReceiver(SampleCount samples) throws IOException {
        this.samples = samples;
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        });
        server = listen();
    }

    private HttpServer listen() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        listening.setExecutor(executor);
        listening.createContext(PATH, this::handle);
        listening.start();
        return listening;
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
        return new CountingReceiver(new SampleCount(prefix));
    }

    /** Starts one that knows each sample again, also one that comes again behind newer ones. */
    static CountingReceiver startExact(String prefix) throws IOException {
        return new CountingReceiver(SampleCount.exact(prefix));
    }

    /** Listens no more; connections are cut. */
    void go() {
        server.stop(0);
    }

    /** Listens again. */
    void come() throws IOException {
        server = listen();
    }

    /** Answers with a status instead of keeping what comes; 0 for keeping it. */
    void refuse(int status) {
        refusal = status;
    }

    /** Where to write to. */
    String endpoint() {
        return "http://127.0.0.1:" + port + PATH;
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
        int given = refusal;
        int status = given != 0 ? given : isVersion1(exchange.getRequestHeaders()) ? 204 : 415;
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
