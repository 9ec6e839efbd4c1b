package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datagrams of StatsD: what was received is added up once, over reloads, a stop and a start. */
@Tag("servers")
final class StatsdIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;
    private static final int EACH = 50;
    private static final double SUM = 5.0 * ROUNDS * EACH;

    @TempDir
    Path folder;

    private final int port = Ports.free();

    private String pipeline(RemoteWriteReceiver receiver, int idleMinutes) {
        return """
                inputs:
                  - Type: service_http_server
                    Address: 'udp://127.0.0.1:%d'
                    Format: statsd
                    Statsd: {Interval: 200ms, IdleAfter: %dm, Buckets: [0.1, 1]}
                flushers:
                """.formatted(port, idleMinutes) + Pipelines.flusher("", receiver.endpoint(), "");
    }

    @Test
    void sumsGoOnOverReloadsAndARestart() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder);
                DatagramSocket socket = new DatagramSocket()) {
            millrace.pipeline("statsd", pipeline(receiver, 5));
            millrace.start();
            for (int round = 1; round <= ROUNDS; round++) {
                for (int i = 0; i < EACH; i++) {
                    send(socket, "calls:1|c|#env:prod\ncalls:2|c|@0.5|#env:prod\ntime:500|ms");
                    if (i == EACH / 2) {
                        millrace.pipeline("statsd", pipeline(receiver, 5 + round)); // taken while the rest is sent
                    }
                }
                awaitReload(millrace, round);
                awaitSums(receiver, round * EACH);
            }
            assertThat(millrace.stop()).isZero();
            millrace.start();
            send(socket, "calls:1|c|#env:prod");
            Await.until("the sum goes on after a restart", PATIENCE, () -> last(receiver, "calls") == SUM + 1);
            assertThat(values(receiver, "calls")).isSorted();
        }
    }

    private void send(DatagramSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(
                new DatagramPacket(bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    private static void awaitReload(Millrace millrace, int round) {
        Await.until(
                "reload " + round,
                PATIENCE,
                () -> millrace.lines().stream()
                                .filter(line -> line.contains("pipeline statsd changed"))
                                .count()
                        >= round,
                () -> String.join("\n", millrace.lines()));
    }

    private static void awaitSums(RemoteWriteReceiver receiver, int sent) {
        Await.until(
                "the sums of " + sent + " datagrams",
                PATIENCE,
                () -> last(receiver, "calls") == 5.0 * sent
                        && last(receiver, "time_count") == sent
                        && last(receiver, "time_sum") == 0.5 * sent,
                () -> values(receiver, "calls").toString());
    }

    private static List<Double> values(RemoteWriteReceiver receiver, String metric) {
        return receiver.samples(metric).values().stream()
                .flatMap(List::stream)
                .map(Sample::value)
                .toList();
    }

    private static double last(RemoteWriteReceiver receiver, String metric) {
        List<Double> values = values(receiver, metric);
        return values.isEmpty() ? 0 : values.get(values.size() - 1);
    }
}
