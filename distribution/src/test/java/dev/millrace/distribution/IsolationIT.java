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
 * as before, and loses nothing.
 */
@Tag("servers")
final class IsolationIT {
    private static final int SERIES = 1_000;
    private static final double RATE = 5_000;
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration OF_A_FAULT = Duration.ofSeconds(10);

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
                Millrace millrace = Millrace.in(folder.resolve("run"), home, hostile.environment())) {
            healthy.addTo(millrace);
            write(millrace);
            millrace.start();
            healthy.awaitRise(millrace);
            awaitTaken();
            rate(healthy, BEFORE); // until the code is compiled
            double before = rate(healthy, BEFORE);
            assertThat(before).as("samples a second").isGreaterThan(0.9 * RATE);

            for (Fault fault : THROWN) {
                double counted = counted(millrace, "failed", "");
                assertKeeps(before, during(fault, healthy, millrace), fault.toString());
                assertThat(counted(millrace, "failed", "")).as("%s", fault).isGreaterThan(counted);
            }
            for (Fault fault : OTHERS) {
                assertKeeps(before, during(fault, healthy, millrace), fault.toString());
            }
            assertHangingCallsHarmNobody(before, healthy, millrace);
            healthy.awaitRise(millrace);
            healthy.assertNothingLost();
            awaitTaken();
            millrace.stop();
        }
    }

    private void assertHangingCallsHarmNobody(double before, HealthyPipeline healthy, Millrace millrace)
            throws Exception {
        awaitTaken();
        Map<String, Double> counted = new TreeMap<>();
        for (Map.Entry<String, String> fault : OF_WORK.entrySet()) {
            counted.put(fault.getValue(), counted(millrace, "abandoned", fault.getValue()));
            hostile.fault(fault.getKey(), "block");
            push();
        }
        assertKeeps(before, rate(healthy, UNTIL_GIVEN_UP), "hanging calls");
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

    private static void assertKeeps(double before, double during, String fault) {
        assertThat(during / before).as("the rate of the others, with %s", fault).isCloseTo(1, within(0.05));
    }

    private static double counted(Millrace millrace, String how, String component) throws IOException {
        String metric = "millrace_plugin_calls_" + how + "_total";
        return component.isEmpty()
                ? millrace.metrics().sum(metric, "pipeline", "bad")
                : millrace.metrics().sum(metric, "pipeline", "bad", "component", component);
    }

    private double during(Fault fault, HealthyPipeline healthy, Millrace millrace) throws Exception {
        hostile.fault(fault.place(), fault.mode());
        if (fault.reload()) {
            write(millrace);
        }
        double rate = rate(healthy, OF_A_FAULT);
        assertThat(hostile.reached(fault.place())).as("%s is reached", fault).isTrue();
        hostile.mend(fault.place());
        return rate;
    }

    /* Samples that arrive in a second, while ten pushes a second go to the hostile pipeline. */
    private double rate(HealthyPipeline healthy, Duration window) throws Exception {
        Mark first = Mark.next(healthy);
        long begun = System.nanoTime();
        for (long next = begun; next < begun + window.toNanos(); next += BETWEEN_PUSHES) {
            push();
            LockSupport.parkNanos(
                    next + BETWEEN_PUSHES - System.nanoTime()); // the load is the same, however long a push takes
        }
        return Mark.next(healthy).since(first);
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
