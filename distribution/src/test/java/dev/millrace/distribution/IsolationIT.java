package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the plugins of one pipeline throw, and hang, wherever they are called, another one is scraped as often as before, and
 * loses nothing.
 */
@Tag("servers")
final class IsolationIT {
    private static final Duration BEFORE = Duration.ofSeconds(30);
    private static final Duration OF_A_FAULT = Duration.ofSeconds(8);

    private record Fault(String place, String mode, boolean reload) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("flusher-send", "block", false),
            new Fault("processor-process", "block", false),
            new Fault("input-task", "block", false),
            new Fault("input-handle", "block", false),
            new Fault("flusher-group", "block", false),
            new Fault("input-create", "block", true),
            new Fault("input-start", "block", true),
            new Fault("flusher-stop", "block", true),
            new Fault("record", "block", true),
            new Fault("flusher-send", "stack", false),
            new Fault("processor-process", "error", false),
            new Fault("input-start", "hostile", true));

    @TempDir
    Path folder;

    private int changes;

    @Test
    void othersKeepTheirRate() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        HostilePlugins hostile = new HostilePlugins(folder.resolve("faults"));
        hostile.install(folder.resolve("work"), home);
        int port = freePort();
        try (HealthyPipeline healthy = new HealthyPipeline();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, hostile.environment())) {
            healthy.addTo(millrace);
            write(millrace, port);
            millrace.start();
            healthy.awaitRise(millrace);
            awaitTaken(port);

            double before = rate(healthy, BEFORE, () -> {});
            double during = rate(healthy, OF_A_FAULT.multipliedBy(FAULTS.size()), () -> {
                for (Fault fault : FAULTS) {
                    provoke(hostile, fault, millrace, port);
                }
            });
            assertThat(during / before).isCloseTo(1, within(0.05));
            healthy.awaitRise(millrace);
            healthy.assertNothingLost();
            assertThat(millrace.metrics().sum("millrace_plugin_calls_failed_total", "pipeline", "bad"))
                    .isGreaterThan(2);
            awaitTaken(port);
            millrace.stop();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /* Scrapes in a second. */
    private static double rate(HealthyPipeline healthy, Duration window, Work work) throws Exception {
        long pages = healthy.pages();
        long begun = System.nanoTime();
        work.run();
        Await.until("the window is over", window.plusSeconds(60), () -> System.nanoTime() - begun >= window.toNanos());
        return (healthy.pages() - pages) / ((System.nanoTime() - begun) / 1e9);
    }

    private void provoke(HostilePlugins hostile, Fault fault, Millrace millrace, int port) throws Exception {
        hostile.fault(fault.place(), fault.mode());
        if (fault.reload()) {
            write(millrace, port);
        }
        long end = System.nanoTime() + OF_A_FAULT.toNanos();
        while (System.nanoTime() < end) {
            push(port);
        }
        hostile.mend(fault.place());
    }

    private void write(Millrace millrace, int port) {
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

    private static void awaitTaken(int port) {
        Await.until("the hostile pipeline takes a push", Duration.ofMinutes(3), () -> push(port) == 200);
    }

    private static int push(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/push?1").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout((int) TimeUnit.SECONDS.toMillis(1));
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
