package dev.millrace.distribution.comparison.load;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.numbered.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of remote write that counts and forgets, and that can fail. It answers 204, and 415 to what it does not know.
 * Thread-safe.
 */
public final class CountingReceiver implements AutoCloseable {
    private static final String PATH = "/api/v1/write";
    private static final int NO_CONTENT = 204;
    private static final int UNSUPPORTED = 415;
    private static final long SLOWNESS_MILLIS = 1000;

    private final Object lock = new Object();
    private final Versions versions;
    private final SampleCount samples;
    private final ExecutorService executor;
    private final int port = Ports.free();
    private HttpServer server;
    private volatile Failing failing = new Failing(null);
    private @Nullable RequestFile record;
    private long requests;
    private long refused;
    private long bytes;
    private long firstSample;
    private long lastSample;

    private CountingReceiver(Versions versions, SampleCount samples) throws IOException {
        this.versions = versions;
        this.samples = samples;
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        });
        server = listen();
    }

    /** The versions of remote write that a receiver takes. */
    public enum Versions {
        /** 1.0 with snappy: all else is answered with 415, as by receivers that know nothing else. */
        ONE,
        /** 2.0 too, with snappy or zstd. */
        ONE_AND_TWO
    }

    /**
     * What came so far.
     *
     * @param requests requests that were kept
     * @param refused requests that were not kept
     * @param bytes the bodies of {@code requests}, as they were posted
     * @param samples the samples in them
     */
    public record Received(long requests, long refused, long bytes, SampleCount.Result samples) {}

    /** What is done instead of an answer, until it is over. */
    private record Failing(@Nullable Fault fault, CountDownLatch over) {
        Failing(@Nullable Fault fault) {
            this(fault, new CountDownLatch(1));
        }
    }

    /** Starts a receiver. */
    public static CountingReceiver start(Versions versions, SampleCount samples) throws IOException {
        return new CountingReceiver(versions, samples);
    }

    /** Fails from now on. */
    public void fail(Fault fault) {
        become(new Failing(fault));
        if (fault == Fault.DOWN) {
            server.stop(0);
        }
    }

    /** Takes everything again. */
    public void recover() throws IOException {
        boolean down = failing.fault == Fault.DOWN;
        become(new Failing(null));
        if (down) {
            server = listen();
        }
    }

    /** Keeps in a file what comes from now on; null for no more of it. */
    public void record(@Nullable RequestFile file) {
        synchronized (lock) {
            record = file;
        }
    }

    /** Where to write to. */
    public String endpoint() {
        return "http://127.0.0.1:" + port + PATH;
    }

    /** What came so far. */
    public Received received() {
        synchronized (lock) {
            return new Received(requests, refused, bytes, samples.result());
        }
    }

    /** When the first sample of a page came, as {@link System#nanoTime}. */
    public long firstSample() {
        synchronized (lock) {
            return firstSample;
        }
    }

    /** When the last sample of a page came that had not been there before, as {@link System#nanoTime}. */
    public long lastSample() {
        synchronized (lock) {
            return lastSample;
        }
    }

    @Override
    public void close() {
        failing.over.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void become(Failing next) {
        Failing before = failing;
        failing = next;
        before.over.countDown();
    }

    private HttpServer listen() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        listening.setExecutor(executor);
        listening.createContext(PATH, this::handle);
        listening.start();
        return listening;
    }

    /** An exchange that is closed without an answer cuts the connection. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            SentRequest request = SentRequest.of(
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
            Failing now = failing;
            if (now.fault == null) {
                keep(exchange, request);
                return;
            }
            switch (now.fault) {
                case DOWN -> {}
                case SERVER_ERROR -> refuse(exchange, 503);
                case TOO_MANY_REQUESTS -> refuse(exchange, 429);
                case HANGING -> {
                    refused();
                    now.over.await();
                }
                case ANSWERS_LOST -> count(request);
                case SLOW -> {
                    now.over.await(SLOWNESS_MILLIS, TimeUnit.MILLISECONDS);
                    keep(exchange, request);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(HttpExchange exchange, SentRequest request) throws IOException {
        if (!isTaken(request)) {
            refuse(exchange, UNSUPPORTED);
            return;
        }
        int count = count(request);
        if (request.isVersion2()) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("X-Prometheus-Remote-Write-Samples-Written", Integer.toString(count));
            headers.set("X-Prometheus-Remote-Write-Histograms-Written", "0");
            headers.set("X-Prometheus-Remote-Write-Exemplars-Written", "0");
        }
        exchange.sendResponseHeaders(NO_CONTENT, -1);
    }

    private boolean isTaken(SentRequest request) {
        return request.isVersion2()
                ? versions == Versions.ONE_AND_TWO
                : request.encoding().equals("snappy");
    }

    private void refuse(HttpExchange exchange, int status) throws IOException {
        refused();
        exchange.sendResponseHeaders(status, -1);
    }

    private void refused() {
        synchronized (lock) {
            refused++;
        }
    }

    private int count(SentRequest request) throws IOException {
        byte[] plain = request.decompressed();
        synchronized (lock) {
            if (record != null) {
                record.keep(request);
            }
            requests++;
            bytes += request.body().length;
            long before = samples.result().scraped();
            int count = samples.add(plain);
            if (samples.result().scraped() > before) {
                lastSample = System.nanoTime();
                firstSample = firstSample == 0 ? lastSample : firstSample;
            }
            return count;
        }
    }
}
