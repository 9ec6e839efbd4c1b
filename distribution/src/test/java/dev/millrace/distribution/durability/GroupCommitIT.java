package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the process forces its disk, by its own count. */
@Tag("servers")
final class GroupCommitIT {
    private static final String FORCES = "millrace_journal_force_seconds_count";
    private static final int SERIES = 10;
    private static final int PUSHES = 1000;

    @TempDir
    Path folder;

    @Test
    void manyPushesShareAForce() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", """
                    inputs:
                      - Type: service_http_server
                        Address: '%s'
                        Format: prometheus
                    flushers:
                      - Type: flusher_prometheus
                        Endpoint: '%s'
                    """.formatted(address, receiver.endpoint()));
            millrace.start();
            push(address, 1, 100); // compiled first
            double alone = forces(millrace, address, 1);
            double ten = forces(millrace, address, 10);
            double hundred = forces(millrace, address, 100);
            System.out.println(
                    "forces of " + PUSHES + " pushes by 1, 10 and 100 clients: " + alone + ", " + ten + ", " + hundred);
            assertThat(alone).as("one for each push").isEqualTo(PUSHES);
            assertThat(ten).isBetween(1.0, (double) PUSHES);
            assertThat(hundred).as("shared").isBetween(1.0, PUSHES / 2.0);
        }
    }

    private static double forces(Millrace millrace, String address, int clients) throws Exception {
        double before = millrace.metrics().sum(FORCES);
        push(address, clients, PUSHES / clients);
        return millrace.metrics().sum(FORCES) - before;
    }

    /** Pushes pages by so many clients at the same time; all are acknowledged. */
    private static void push(String address, int clients, int pages) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                RemoteWriteClient client =
                        new RemoteWriteClient("http://" + address + "/api/v1/write", clients + "-" + i, SERIES);
                tasks.add(() -> {
                    for (int page = 1; page <= pages; page++) {
                        assertThat(client.push(page, page)).isEqualTo(204);
                    }
                    return null;
                });
            }
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void scrapesCostAFewForcesASecond() throws Exception {
        List<NumberedTarget> targets =
                Stream.generate(() -> NumberedTarget.start(SERIES)).limit(20).toList();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("scrapes", """
                    inputs:
                      - Type: input_prometheus
                        ScrapeConfigs:
                          - job_name: test
                            scrape_interval: 100ms
                            scrape_timeout: 100ms
                            static_configs:
                              - targets: [%s]
                    flushers:
                      - Type: flusher_prometheus
                        Endpoint: '%s'
                    """.formatted(
                    targets.stream().map(target -> "'" + target.address() + "'").collect(Collectors.joining(", ")),
                    receiver.endpoint()));
            millrace.start();
            long start = System.nanoTime();
            double before = millrace.metrics().sum(FORCES);
            long pages = pages(targets);
            Await.until("they are scraped", Duration.ofSeconds(60), () -> pages(targets) >= pages + 1000);
            double forces = millrace.metrics().sum(FORCES) - before;
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("forces of %d scrapes in %.1f s: %.0f%n", pages(targets) - pages, seconds, forces);
            assertThat(forces).isPositive().isLessThanOrEqualTo(5 * seconds + 1);
        } finally {
            targets.forEach(NumberedTarget::close);
        }
    }

    private static long pages(List<NumberedTarget> targets) {
        return targets.stream().mapToLong(NumberedTarget::pages).sum();
    }
}
