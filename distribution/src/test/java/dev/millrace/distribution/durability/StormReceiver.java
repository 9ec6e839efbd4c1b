package dev.millrace.distribution.durability;

import com.sun.net.httpserver.Headers;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteBody;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import dev.millrace.distribution.numbered.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/** A receiver that takes everything, in a while, and counts what came. Thread-safe. */
final class StormReceiver implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(20);

    private final SampleOracle oracle = new SampleOracle(sample -> true);
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();
    private final Map<String, NavigableSet<Long>> failedScrapes = new ConcurrentHashMap<>();
    private final RemoteWriteEndpoint endpoint;

    private StormReceiver() throws IOException {
        endpoint = RemoteWriteEndpoint.start(Ports.free(), this::take);
    }

    static StormReceiver start() throws IOException {
        return new StormReceiver();
    }

    String endpoint() {
        return endpoint.url();
    }

    private int take(Headers headers, byte[] body) throws IOException {
        List<Sample> samples = RemoteWriteBody.samples(body);
        oracle.add(1, true, samples);
        String authorization = headers.getFirst("Authorization");
        if (authorization != null) {
            passwords.add(authorization);
        }
        for (Sample sample : samples) {
            if (sample.isOf("up") && sample.value() == 0) {
                failedScrapes
                        .computeIfAbsent(sample.instance(), instance -> new ConcurrentSkipListSet<>())
                        .add(sample.timestamp());
            }
        }
        LockSupport.parkNanos(DELAY.toNanos());
        return 204;
    }

    /** The credentials that were used. */
    Set<String> passwords() {
        return passwords;
    }

    /** The scrapes of a target that failed, by their times. */
    NavigableSet<Long> failedScrapes(String instance) {
        return new TreeSet<>(failedScrapes.getOrDefault(instance, new TreeSet<>()));
    }

    /** As {@link SampleOracle#missing}. */
    Set<Integer> missing(String instance, int width, BitSet pages) {
        return oracle.missing(instance, width, pages);
    }

    /** As {@link SampleOracle#faults}. */
    List<String> faults() {
        return oracle.faults();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
