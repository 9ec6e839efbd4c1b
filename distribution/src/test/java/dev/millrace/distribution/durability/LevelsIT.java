package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The levels of durability of one process, by what is left of what it had acknowledged. */
final class LevelsIT {
    private static final List<String> LEVELS = List.of("fsync", "write", "memory");
    private static final int SERIES = 5;
    private static final long PAGES = 50;

    @TempDir
    Path folder;

    private final Map<String, RemoteWriteClient> clients = new HashMap<>();
    private final Map<String, String> addresses = new HashMap<>();

    @Test
    void survivesAKillAtFsyncAndWriteButNotInMemory() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.pause();
            for (String level : LEVELS) {
                addresses.put(level, "127.0.0.1:" + Ports.free());
                clients.put(
                        level,
                        new RemoteWriteClient("http://" + addresses.get(level) + "/api/v1/write", level, SERIES));
                millrace.pipeline(level, pipeline(level, receiver, ""));
            }
            millrace.start();
            push(1, PAGES);
            millrace.kill();

            millrace.start();
            push(PAGES + 1, PAGES + 1);
            millrace.pipeline("memory", pipeline("memory", receiver, "    Timeout: 31s\n"));
            millrace.process()
                    .awaitLine("the change", Duration.ofSeconds(30), line -> line.contains("pipeline memory changed"));
            receiver.resume();
            Await.until(
                    "the backlog is delivered",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum("millrace_flusher_backlog_items") == 0,
                    () -> String.join("\n", millrace.lines()));
            Equations.hold(millrace.metrics());

            DeliveryOracle oracle = receiver.judge(SERIES);
            Map<String, NavigableSet<Long>> pages = oracle.pages();
            assertThat(pages.get("fsync")).isEqualTo(all(1, PAGES + 1));
            assertThat(pages.get("write")).isEqualTo(all(1, PAGES + 1));
            assertThat(pages.get("memory"))
                    .as("kept by the reload, not by the kill")
                    .isEqualTo(all(PAGES + 1, PAGES + 1));
            assertThat(oracle.torn()).isEmpty();
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
        }
    }

    private String pipeline(String level, RemoteWriteReceiver receiver, String more) {
        return """
                global:
                  Durability: %s
                inputs:
                  - Type: service_http_server
                    Address: '%s'
                    Format: prometheus
                flushers:
                  - Type: flusher_prometheus
                    Endpoint: '%s'
                """.formatted(level, addresses.get(level), receiver.endpoint()) + more;
    }

    /** Pushes pages to all three, which acknowledge each. */
    private void push(long first, long last) throws IOException {
        for (long page = first; page <= last; page++) {
            for (String level : LEVELS) {
                assertThat(clients.get(level).push(page, 1_000 * page)).isEqualTo(204);
            }
        }
    }

    private static Set<Long> all(long first, long last) {
        Set<Long> pages = new TreeSet<>();
        LongStream.rangeClosed(first, last).forEach(pages::add);
        return pages;
    }
}
