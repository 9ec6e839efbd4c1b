package dev.millrace.distribution.run;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.xerial.snappy.Snappy;

/**
 * A receiver of remote write 1.0 that keeps every sample of every request that it answered with success, in the order of
 * arrival. It reads the protocol by its own few lines, not by Millrace's. Thread-safe.
 */
public final class RemoteWriteReceiver implements AutoCloseable {
    private final int port;
    private final List<Request> requests = new ArrayList<>();
    private volatile IntSupplier status = () -> 204;
    private volatile String authorization;
    private HttpServer server;
    private ExecutorService executor;

    private RemoteWriteReceiver(int port) {
        this.port = port;
    }

    /** A sample: labels as text, milliseconds, raw bits of the value. */
    public record Sample(String series, long timestamp, long valueBits) {
        /** The value. */
        public double value() {
            return Double.longBitsToDouble(valueBits);
        }
    }

    /** A request that was answered with success. */
    public record Request(Map<String, List<String>> headers, List<Sample> samples) {}

    /** Starts a receiver on a free port. */
    public static RemoteWriteReceiver start() {
        RemoteWriteReceiver receiver = new RemoteWriteReceiver(Ports.free());
        receiver.resume();
        return receiver;
    }

    /** Where to write to. */
    public String endpoint() {
        return "http://127.0.0.1:" + port + "/api/v1/write";
    }

    /** Listens again after {@link #pause}. */
    public void resume() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
            executor = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "receiver");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(executor);
            server.createContext("/api/v1/write", this::handle);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops listening; connections are cut. */
    public void pause() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** Answers each request with the next status; what is not 2xx is not kept. */
    public void answer(IntSupplier next) {
        status = next;
    }

    /** Demands a value of {@code Authorization}; without it the answer is 401. */
    public void demand(String header) {
        authorization = header;
    }

    /** All requests that were answered with success. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** All samples of a metric by series, in the order of arrival, exact repeats included. */
    public Map<String, List<Sample>> samples(String metric) {
        Map<String, List<Sample>> bySeries = new TreeMap<>();
        for (Request request : requests()) {
            for (Sample sample : request.samples()) {
                if (sample.series().contains("__name__=\"" + metric + "\"")) {
                    bySeries.computeIfAbsent(sample.series(), name -> new ArrayList<>())
                            .add(sample);
                }
            }
        }
        return bySeries;
    }

    @Override
    public void close() {
        pause();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int code = status.getAsInt();
        String demanded = authorization;
        if (demanded != null && !demanded.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            code = 401;
        }
        if (code / 100 == 2) {
            Request request = new Request(new HashMap<>(exchange.getRequestHeaders()), decode(Snappy.uncompress(body)));
            synchronized (requests) {
                requests.add(request);
            }
        }
        exchange.sendResponseHeaders(code, -1);
        exchange.close();
    }

    private static List<Sample> decode(byte[] body) throws IOException {
        List<Sample> samples = new ArrayList<>();
        CodedInputStream input = CodedInputStream.newInstance(body);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                series(input.readByteArray(), samples);
            } else {
                input.skipField(tag);
            }
        }
        return samples;
    }

    private static void series(byte[] message, List<Sample> samples) throws IOException {
        StringBuilder labels = new StringBuilder();
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> label(input.readByteArray(), labels);
                case 2 -> samples.add(sample(labels.toString(), input.readByteArray()));
                default -> input.skipField(tag);
            }
        }
    }

    private static void label(byte[] message, StringBuilder labels) throws IOException {
        String name = "";
        String value = "";
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                name = input.readStringRequireUtf8();
            } else {
                value = input.readStringRequireUtf8();
            }
        }
        labels.append(labels.length() == 0 ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"');
    }

    private static Sample sample(String series, byte[] message) throws IOException {
        long bits = 0;
        long timestamp = 0;
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                bits = input.readFixed64();
            } else {
                timestamp = input.readInt64();
            }
        }
        return new Sample(series, timestamp, bits);
    }
}
