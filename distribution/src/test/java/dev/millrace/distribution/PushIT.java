package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushed samples: what was answered with success is kept, and a reload closes no socket. */
final class PushIT {
    private static final int SERIES = 20;

    @TempDir
    Path folder;

    private String address;
    private RemoteWriteClient client;

    @BeforeEach
    void chooseAddress() {
        address = "127.0.0.1:" + Ports.free();
        client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
    }

    private String pipeline(RemoteWriteReceiver receiver, String more) {
        return "inputs:\n"
                + "  - Type: service_http_server\n"
                + "    Address: '" + address + "'\n"
                + "    Format: prometheus\n"
                + "flushers:\n"
                + Pipelines.flusher("", receiver.endpoint(), more);
    }

    @Test
    void whatWasAnsweredBeforeAKillIsDeliveredAfterIt() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.pause();
            millrace.pipeline("push", pipeline(receiver, ""));
            millrace.start();
            TreeSet<Long> answered = new TreeSet<>();
            for (long page = 1; page <= 200; page++) {
                assertThat(client.push(page, 1_000 * page)).isEqualTo(204);
                answered.add(page);
            }
            millrace.kill();
            receiver.resume();
            millrace.start();
            Await.until(
                    "everything is delivered",
                    Duration.ofSeconds(30),
                    () -> answered.equals(pages(receiver)),
                    () -> "delivered: " + pages(receiver));
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.torn()).isEmpty();
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            Equations.hold(millrace.metrics());
        }
    }

    @Test
    void reloadsUnderLoadRefuseNoRequest() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("push", pipeline(receiver, ""));
            millrace.start();
            long page = 0;
            for (int reload = 1; reload <= 3; reload++) {
                millrace.pipeline("push", pipeline(receiver, "Timeout: " + (30 + reload) + "s"));
                int wanted = reload;
                while (taken(millrace) < wanted) {
                    page++;
                    assertThat(client.push(page, 1_000 * page))
                            .as("page %d", page)
                            .isEqualTo(204);
                }
            }
            long last = page;
            Await.until(
                    "everything is delivered",
                    Duration.ofSeconds(30),
                    () -> pages(receiver).size() == last,
                    () -> "delivered: " + pages(receiver).size() + " of " + last);
            DeliveryOracle oracle = receiver.judge(SERIES);
            assertThat(oracle.torn()).isEmpty();
            assertThat(oracle.outOfOrder()).isZero();
            assertThat(oracle.keptTwice()).isZero();
            assertThat(millrace.stop()).isZero();
        }
    }

    @Test
    void aFlusherAtItsLimitRefusesUntilItDelivers() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.pause();
            millrace.pipeline("push", pipeline(receiver, "MaxBytes: 64KiB"));
            millrace.start();
            TreeSet<Long> answered = new TreeSet<>();
            long page = 0;
            int status = 204;
            while (status == 204 && page < 5_000) {
                page++;
                status = client.push(page, 1_000 * page);
                if (status == 204) {
                    answered.add(page);
                }
            }
            assertThat(status).isEqualTo(429);
            assertThat(answered).isNotEmpty();
            millrace.process()
                    .awaitLine(
                            "who is full",
                            Duration.ofSeconds(5),
                            line -> line.contains("flusher_prometheus holds back") && line.contains("MaxBytes"));
            isFull(millrace.metrics(), answered.size());

            receiver.resume();
            long next = page + 1;
            Await.until("pushes are taken again", Duration.ofSeconds(40), () -> client.push(next, 1_000 * next) == 204);
            answered.add(next);
            Await.until(
                    "everything that was answered is delivered",
                    Duration.ofSeconds(30),
                    () -> answered.equals(pages(receiver)),
                    () -> "delivered: " + pages(receiver));
            Await.until(
                    "nothing waits",
                    Duration.ofSeconds(30),
                    () -> millrace.metrics().sum("millrace_flusher_backlog_items") == 0);
            isDrained(millrace.metrics(), answered.size());
        }
    }

    private static void isFull(MetricsPage page, int answered) {
        Equations.hold(page);
        assertThat(page.sum("millrace_input_requests_total", "code", "429")).isEqualTo(1);
        assertThat(page.sum("millrace_flusher_full")).isEqualTo(1);
        assertThat(page.has("millrace_flusher_full_in_seconds")).isTrue();
        assertThat(page.sum("millrace_flusher_full_in_seconds")).isZero();
        assertThat(page.sum("millrace_flusher_holds_journal")).isEqualTo(1);
        assertThat(page.sum("millrace_flusher_backlog_items")).isEqualTo(SERIES * answered);
        assertThat(page.sum("millrace_flusher_backlog_bytes"))
                .as("it is full from the batch on that fills it")
                .isBetween(60.0 * 1024, 68.0 * 1024);
        assertThat(page.sum("millrace_flusher_max_bytes")).isEqualTo(64 * 1024);
        assertThat(page.sum("millrace_flusher_backlog_oldest_seconds"))
                .isPositive()
                .isLessThan(600);
        latencies(page, answered);
    }

    private static void isDrained(MetricsPage page, int answered) {
        Equations.hold(page);
        assertThat(page.sum("millrace_flusher_full")).isZero();
        assertThat(page.sum("millrace_flusher_full_in_seconds")).isPositive();
        assertThat(page.sum("millrace_flusher_holds_journal")).isZero();
        assertThat(page.has("millrace_flusher_holds_journal")).isTrue();
        assertThat(page.sum("millrace_flusher_backlog_bytes")).isZero();
        assertThat(page.sum("millrace_flusher_backlog_oldest_seconds")).isZero();
        latencies(page, answered);
    }

    /* Each batch that was taken was appended and committed, alone or with others. */
    private static void latencies(MetricsPage page, int answered) {
        assertThat(page.sum("millrace_journal_append_seconds_count")).isEqualTo(answered);
        assertThat(page.sum("millrace_journal_append_seconds_bucket", "le", "+Inf"))
                .isEqualTo(answered);
        assertThat(page.sum("millrace_journal_commit_seconds_count")).isPositive();
        assertThat(page.sum("millrace_journal_commit_seconds_sum")).isPositive();
        assertThat(page.sum("millrace_journal_append_seconds_sum")).isPositive();
    }

    private static long taken(Millrace millrace) throws IOException {
        return millrace.lines().stream()
                .filter(line -> line.contains("pipeline push changed"))
                .count();
    }

    private static Set<Long> pages(RemoteWriteReceiver receiver) {
        return receiver.judge(SERIES).pages().getOrDefault("client", new TreeSet<>());
    }
}
