package dev.millrace.distribution.run;

import com.sun.net.httpserver.Headers;
import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteBody;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import dev.millrace.distribution.numbered.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * A receiver of remote write 1.0 and 2.0 that keeps every sample of every request that it answered with success, in the order of
 * arrival. Thread-safe.
 */
public final class RemoteWriteReceiver implements AutoCloseable {
    private final int port;
    private final List<Request> requests = new ArrayList<>();
    private final LongAdder arrived = new LongAdder();
    private volatile IntSupplier status = () -> 204;
    private volatile String authorization;
    private RemoteWriteEndpoint endpoint;

    private RemoteWriteReceiver(int port) {
        this.port = port;
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
        return RemoteWriteEndpoint.url(port);
    }

    /** Listens again after {@link #pause}. */
    public void resume() {
        try {
            endpoint = RemoteWriteEndpoint.start(port, this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops listening; connections are cut. */
    public void pause() {
        endpoint.close();
    }

    /** Answers each request with the next status; what is not 2xx is not kept. */
    public void answer(IntSupplier next) {
        status = next;
    }

    /** Demands a value of {@code Authorization}; without it the answer is 401. */
    public void demand(String header) {
        authorization = header;
    }

    /** How many samples have arrived in requests that were answered with success. */
    public long arrived() {
        return arrived.sum();
    }

    /** All requests that were answered with success. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** What has arrived of targets whose pages have {@code series} series each. */
    public DeliveryOracle judge(int series) {
        DeliveryOracle oracle = new DeliveryOracle(series);
        requests().forEach(request -> oracle.add(request.samples()));
        return oracle;
    }

    /** All samples of a metric by series, in the order of arrival, exact repeats included. */
    public Map<String, List<Sample>> samples(String metric) {
        Map<String, List<Sample>> bySeries = new TreeMap<>();
        for (Request request : requests()) {
            for (Sample sample : request.samples()) {
                if (sample.isOf(metric)) {
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

    private int take(Headers headers, byte[] body) throws IOException {
        int code = status.getAsInt();
        String demanded = authorization;
        if (demanded != null && !demanded.equals(headers.getFirst("Authorization"))) {
            code = 401;
        }
        if (code / 100 == 2) {
            Request request = new Request(new HashMap<>(headers), RemoteWriteBody.samples(body));
            synchronized (requests) {
                requests.add(request);
            }
            arrived.add(request.samples().size());
        }
        return code;
    }
}
