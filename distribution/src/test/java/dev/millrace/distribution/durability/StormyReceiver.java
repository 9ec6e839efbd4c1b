package dev.millrace.distribution.durability;

import com.sun.net.httpserver.Headers;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteBody;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import dev.millrace.distribution.numbered.Sample;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A receiver that does what it likes with a request, and tells an oracle of each: it keeps it or not, and answers, fails, cuts
 * the connection, never answers, answers slowly, or keeps or answers it when the sender has given up. Thread-safe.
 */
final class StormyReceiver implements AutoCloseable {
    /** The header in which the sender says which of its processes it is. */
    static final String LIFE = "X-Life";

    private static final int CERTAIN = 100;

    /** How long an answer takes, so that there is work for more than one lane. */
    private static final Duration DELAY = Duration.ofMillis(50);

    private final int port = Ports.free();
    private final SampleOracle oracle;
    private final SplittableRandom random;
    private final Duration patience;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int trouble;
    private RemoteWriteEndpoint endpoint;

    /** What becomes of a request, and how often where harm is done. */
    private enum Fate {
        TAKEN(0, true),
        FAILED(3, false),
        TOO_MANY(3, false),
        CUT(3, false),
        KEPT_AND_CUT(3, true),
        NEVER_ANSWERED(1, false),
        SLOW(1, true),
        /** Kept when it comes, answered when the sender has given up. */
        ANSWERED_LATE(1, true),
        /** Kept and answered when the sender has given up. */
        KEPT_LATE(1, false);

        private final int weight;
        private final boolean kept;

        /** How often, and whether the request is kept when it comes. */
        Fate(int weight, boolean kept) {
            this.weight = weight;
            this.kept = kept;
        }
    }

    private static final List<Fate> HARM = Arrays.stream(Fate.values())
            .flatMap(fate -> Collections.nCopies(fate.weight, fate).stream())
            .toList();

    /** Starts one; {@code patience} is how long the sender waits for an answer. */
    StormyReceiver(SampleOracle oracle, SplittableRandom random, Duration patience) {
        this.oracle = oracle;
        this.random = random;
        this.patience = patience;
        come();
    }

    String endpoint() {
        return RemoteWriteEndpoint.url(port);
    }

    /** Does harm to so many requests of a hundred. */
    void trouble(int percent) {
        trouble = percent;
    }

    /** Listens no more. */
    void go() {
        endpoint.close();
    }

    /** Listens again. */
    void come() {
        try {
            endpoint = RemoteWriteEndpoint.start(port, this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often each thing became of a request. */
    String fates() {
        synchronized (fates) {
            return fates.toString();
        }
    }

    @Override
    public void close() {
        end.countDown();
        endpoint.close();
    }

    private int take(Headers headers, byte[] body) throws IOException {
        List<Sample> samples = RemoteWriteBody.samples(body);
        int life = Integer.parseInt(headers.getFirst(LIFE));
        Fate fate = draw();
        oracle.add(life, fate.kept, samples);
        return switch (fate) {
            case TAKEN -> {
                hold(DELAY);
                yield 204;
            }
            case FAILED -> 503;
            case TOO_MANY -> 429;
            case CUT, KEPT_AND_CUT -> throw new IOException("cut");
            case NEVER_ANSWERED -> {
                hold(patience.multipliedBy(3));
                throw new IOException("never answered");
            }
            case SLOW -> {
                hold(patience.multipliedBy(3).dividedBy(4));
                yield 204;
            }
            case ANSWERED_LATE -> {
                hold(patience.multipliedBy(3).dividedBy(2));
                yield 204;
            }
            case KEPT_LATE -> {
                hold(patience.multipliedBy(3).dividedBy(2));
                oracle.add(life, true, samples);
                yield 204;
            }
        };
    }

    private Fate draw() {
        synchronized (fates) {
            Fate fate = random.nextInt(CERTAIN) < trouble ? HARM.get(random.nextInt(HARM.size())) : Fate.TAKEN;
            fates.merge(fate, 1, Integer::sum);
            return fate;
        }
    }

    private void hold(Duration time) throws IOException {
        try {
            end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
