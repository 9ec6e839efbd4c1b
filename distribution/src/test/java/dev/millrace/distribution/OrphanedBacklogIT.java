package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flusher that is taken out with a backlog, and put back. */
@Tag("servers") // no server, but much time
final class OrphanedBacklogIT {
    private static final int SERIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aFlusherThatIsPutBackDeliversFirstWhatItLeft() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
        try (RemoteWriteReceiver stays = RemoteWriteReceiver.start();
                RemoteWriteReceiver goes = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            goes.pause();
            String one = "inputs:\n  - Type: service_http_server\n    Address: '" + address
                    + "'\n    Format: prometheus\nflushers:\n"
                    + Pipelines.flusher("stays", stays.endpoint(), "");
            String both = one + Pipelines.flusher("goes", goes.endpoint(), "");
            millrace.pipeline("push", both).start();
            push(client, 1, 50);
            millrace.pipeline("push", one);
            millrace.process()
                    .awaitLine(
                            "the backlog is set aside",
                            PATIENCE,
                            line -> line.contains("flusher_prometheus/goes is gone from the file")
                                    && line.contains("orphaned/"));
            assertThat(orphans()).hasSize(1);
            push(client, 51, 60);
            Await.until("the other goes on", PATIENCE, () -> pages(stays).size() == 60);

            goes.resume();
            millrace.pipeline("push", both);
            millrace.process().awaitLine("it is deleted", PATIENCE, line -> line.contains("it had left is delivered"));
            assertThat(orphans()).isEmpty();
            push(client, 61, 70);
            Await.until(
                    "all that came while it was there is delivered",
                    PATIENCE,
                    () -> pages(goes).equals(from(1, 50, 61, 70)),
                    () -> pages(goes) + "\n" + String.join("\n", millrace.lines()));
            DeliveryOracle oracle = goes.judge(SERIES);
            assertThat(oracle.outOfOrder()).isZero();
            Await.until("the other has everything", PATIENCE, () -> pages(stays).size() == 70);
            MetricsPage page = millrace.metrics();
            Equations.hold(page);
            assertThat(page.sum("millrace_flusher_delivered_items_total", "component", "flusher_prometheus/goes"))
                    .isEqualTo(60 * SERIES);
        }
    }

    @Test
    void whatWaitsInAPipelineWhoseFileIsGoneIsToldAtEachStartAndDeletedByCommand() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.pause();
            String yaml = "inputs:\n  - Type: service_http_server\n    Address: '" + address
                    + "'\n    Format: prometheus\nflushers:\n"
                    + Pipelines.flusher("", receiver.endpoint(), "");
            millrace.pipeline("push", yaml).start();
            push(client, 1, 3);
            assertThat(journal(millrace, "orphans", "list")).hasSize(1);
            Files.delete(millrace.conf().resolve("pipelines/push.yaml"));
            awaitLeft(millrace);
            assertThat(journal(millrace, "orphans", "list").get(1)).matches("push +flusher_prometheus +60 .*push");
            assertThat(journal(millrace, "inspect").get(0)).contains("nobody delivers");
            assertThat(millrace.stop()).isZero();
            millrace.start();
            awaitLeft(millrace);
            assertThat(millrace.stop()).isZero();
            assertThat(journal(millrace, "orphans", "delete", "pipelines/push").get(0))
                    .contains("is deleted");
            assertThat(millrace.data().resolve("pipelines/push")).doesNotExist();
        }
    }

    private static void awaitLeft(Millrace millrace) {
        millrace.process()
                .awaitLine(
                        "it is told",
                        PATIENCE,
                        line -> line.contains("pipeline push has no file any more, and")
                                && line.contains("B wait in its journal"));
    }

    private static List<String> journal(Millrace millrace, String... words) {
        List<String> command = new ArrayList<>(List.of("journal"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", millrace.data().toString()));
        Commands.Result result = Commands.millrace(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.errors().toString()).isZero();
        return result.output();
    }

    private static void push(RemoteWriteClient client, long first, long last) throws IOException {
        for (long page = first; page <= last; page++) {
            assertThat(client.push(page, 1_000 * page)).isEqualTo(204);
        }
    }

    private Set<Path> orphans() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.getParent().endsWith("orphaned")).collect(Collectors.toSet());
        }
    }

    private static Set<Long> from(long... ranges) {
        Set<Long> pages = new TreeSet<>();
        for (int i = 0; i < ranges.length; i += 2) {
            LongStream.rangeClosed(ranges[i], ranges[i + 1]).forEach(pages::add);
        }
        return pages;
    }

    private static Set<Long> pages(RemoteWriteReceiver receiver) {
        return receiver.judge(SERIES).pages().getOrDefault("client", new TreeSet<>());
    }
}
