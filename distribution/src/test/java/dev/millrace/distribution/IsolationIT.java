package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the plugins of one pipeline throw, and hang, wherever they are called, another one delivers as many samples a second
 * as the same pipeline in a process without such plugins does meanwhile, and loses nothing.
 */
@Tag("servers")
final class IsolationIT {
    private static final int SERIES = 1_000;
    private static final double RATE = 5_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration OF_A_FAULT = Duration.ofSeconds(10);

    /** A page more or less that the machine made one of them miss. */
    private static final double APART_DURING_ONE = 0.2;

    private static final double APART_DURING_ALL = 0.05;

    /** Calls of work are given up after 30 s. */
    private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(32);

    private static final long BETWEEN_PUSHES = TimeUnit.MILLISECONDS.toNanos(100);

    private record Fault(String place, String mode, boolean reload) {}

    private static final List<Fault> THROWN = List.of(
            new Fault("flusher-send", "stack", false),
            new Fault("processor-process", "error", false),
            new Fault("input-task", "hostile", false),
            new Fault("flusher-send", "null", false),
            new Fault("input-start", "hostile", true));

    /** Not counted within the window: the deadlines of these calls are longer, and what is told twice counts for nothing. */
    private static final List<Fault> OTHERS = List.of(
            new Fault("flusher-outcome", "twice", false),
            new Fault("input-create", "block", true),
            new Fault("input-start", "block", true),
            new Fault("flusher-stop", "block", true),
            new Fault("record", "block", true));

    /** Each is reached before the next is there. */
    private static final Map<String, String> OF_WORK = new TreeMap<>(Map.of(
            "flusher-send", "hostile_flusher",
            "input-task", "hostile_input",
            "processor-process", "hostile_processor"));

    @TempDir
    Path folder;

    private HostilePlugins hostile;
    private int changes;
    private int port;

    @Test
    void othersDeliverAsManySamplesAsBefore() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        hostile = new HostilePlugins(folder.resolve("faults"));
        hostile.install(folder.resolve("work"), home);
        port = Ports.free();
        try (HealthyPipeline healthy = new HealthyPipeline(SERIES, "200ms");
                HealthyPipeline elsewhere = new HealthyPipeline(SERIES, "200ms");
                Millrace millrace = Millrace.in(folder.resolve("run"), home, hostile.environment());
                Millrace other = Millrace.in(folder.resolve("other"))) {
            elsewhere.addTo(other);
            other.start();
            healthy.addTo(millrace);
            write(millrace);
            millrace.start();
            elsewhere.awaitRise(other);
            healthy.awaitRise(millrace);
            awaitTaken();
            Rates rates = new Rates(healthy, elsewhere);
            push(WARM_UP); // until the code is compiled

            Rates.Marks first = rates.next();
            for (Fault fault : THROWN) {
                double counted = counted(millrace, "failed", "");
                assertKeeps(rates, fault, millrace);
                assertThat(counted(millrace, "failed", "")).as("%s", fault).isGreaterThan(counted);
            }
            for (Fault fault : OTHERS) {
                assertKeeps(rates, fault, millrace);
            }
            assertHangingCallsHarmNobody(rates, millrace);
            rates.next().assertSame(first, APART_DURING_ALL, "all faults");
            healthy.awaitRise(millrace);
            healthy.assertNothingLost();
            awaitTaken();
            millrace.stop();
        }
    }

    private void assertHangingCallsHarmNobody(Rates rates, Millrace millrace) throws Exception {
        awaitTaken();
        Map<String, Double> counted = new TreeMap<>();
        Rates.Marks first = rates.next();
        for (Map.Entry<String, String> fault : OF_WORK.entrySet()) {
            counted.put(fault.getValue(), counted(millrace, "abandoned", fault.getValue()));
            hostile.fault(fault.getKey(), "block");
            push();
        }
        push(UNTIL_GIVEN_UP);
        rates.next().assertSame(first, APART_DURING_ONE, "hanging calls");
        assertThat(OF_WORK.keySet()).allMatch(hostile::reached);
        for (Map.Entry<String, Double> calls : counted.entrySet()) {
            assertThat(counted(millrace, "abandoned", calls.getKey()))
                    .as(calls.getKey())
                    .isGreaterThan(calls.getValue());
        }
        for (String place : OF_WORK.keySet()) {
            hostile.mend(place);
        }
    }

    private void assertKeeps(Rates rates, Fault fault, Millrace millrace) throws Exception {
        Rates.Marks first = rates.next();
        hostile.fault(fault.place(), fault.mode());
        if (fault.reload()) {
            write(millrace);
        }
        push(OF_A_FAULT);
        rates.next().assertSame(first, APART_DURING_ONE, fault.toString());
        assertThat(hostile.reached(fault.place())).as("%s is reached", fault).isTrue();
        hostile.mend(fault.place());
    }

    private static double counted(Millrace millrace, String how, String component) throws IOException {
        String metric = "millrace_plugin_calls_" + how + "_total";
        return component.isEmpty()
                ? millrace.metrics().sum(metric, "pipeline", "bad")
                : millrace.metrics().sum(metric, "pipeline", "bad", "component", component);
    }

    /* Ten pushes a second to the hostile pipeline, however long each takes. */
    private void push(Duration window) {
        long begun = System.nanoTime();
        for (long next = begun; next < begun + window.toNanos(); next += BETWEEN_PUSHES) {
            push();
            LockSupport.parkNanos(next + BETWEEN_PUSHES - System.nanoTime());
        }
    }

    /** How many samples a second arrive of two pipelines at the same time. */
    private record Rates(HealthyPipeline healthy, HealthyPipeline elsewhere) {
        Marks next() {
            return new Marks(Mark.next(healthy), Mark.next(elsewhere));
        }

        private record Marks(Mark healthy, Mark elsewhere) {
            void assertSame(Marks first, double apart, String during) {
                double rate = elsewhere.since(first.elsewhere);
                assertThat(rate)
                        .as("samples a second elsewhere, during %s", during)
                        .isGreaterThan(0.5 * RATE);
                assertThat(healthy.since(first.healthy) / rate)
                        .as("the rate beside that elsewhere, during %s", during)
                        .isCloseTo(1, within(apart));
            }
        }
    }

    /** How many samples had arrived when a page just did, in whatever requests: windows are of whole pages. */
    private record Mark(long arrived, long nanos) {
        private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

        static Mark next(HealthyPipeline healthy) {
            long before = healthy.arrived();
            Await.until("samples arrive", Duration.ofSeconds(30), () -> healthy.arrived() > before);
            Mark last = new Mark(healthy.arrived(), System.nanoTime());
            while (System.nanoTime() - last.nanos < QUIET) {
                if (healthy.arrived() > last.arrived) {
                    last = new Mark(healthy.arrived(), System.nanoTime());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return last;
        }

        double since(Mark first) {
            return (arrived - first.arrived) / ((nanos - first.nanos) / 1e9);
        }
    }

    private void write(Millrace millrace) {
        changes++;
        millrace.pipeline("bad", """
                inputs:
                  - {Type: hostile_input, Port: %d, Change: %d}
                processors:
                  - {Type: hostile_processor}
                flushers:
                  - {Type: hostile_flusher, Change: %d}
                """.formatted(port, changes, changes));
    }

    private void awaitTaken() {
        Await.until("the hostile pipeline takes a push", Duration.ofMinutes(3), () -> push() == 200);
    }

    private int push() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/push?1").toURL().openConnection();
            connection.setConnectTimeout(90);
            connection.setReadTimeout(90);
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
