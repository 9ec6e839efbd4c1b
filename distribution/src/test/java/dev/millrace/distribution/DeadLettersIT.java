package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver refuses one request for ever: its items are kept through a kill -9, and counted once. */
final class DeadLettersIT {
    private static final int SERIES = 100;
    private static final String REJECTED = "millrace_flusher_rejected_items_total";

    @TempDir
    Path folder;

    @Test
    void aRefusedRequestIsThereAfterAKillAndCountedOnce() throws Exception {
        AtomicBoolean refuse = new AtomicBoolean();
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> refuse.getAndSet(false) ? 400 : 204);
            millrace.pipeline(
                    "letters", Pipelines.scrape("1s", receiver.endpoint(), "Concurrency: 1", target.address()));
            millrace.start();
            awaitRequests(receiver, 1);
            refuse.set(true);
            Await.until(
                    "a request is refused",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum(REJECTED) > 0);
            awaitRequests(receiver, receiver.requests().size() + 1);
            long rejected = (long) millrace.metrics().sum(REJECTED);
            Equations.hold(millrace.metrics());
            millrace.kill();
            assertThat(exported(millrace)).isEqualTo(rejected);

            millrace.start();
            long pages = target.pages();
            Await.until("scraping goes on", Duration.ofSeconds(60), () -> target.pages() >= pages + 3);
            assertThat(millrace.metrics().sum(REJECTED)).isEqualTo((double) rejected);
            assertThat(millrace.metrics().sum("millrace_flusher_dead_letter_bytes"))
                    .isPositive();
            Equations.hold(millrace.metrics());
            assertThat(exported(millrace)).isEqualTo(rejected);
            List<String> list = Commands.millrace(
                            "dead-letters", "list", "--data", millrace.data().toString())
                    .output();
            assertThat(list).hasSize(2);
            assertThat(list.get(1)).contains("letters", "flusher_prometheus", " 400 ");
        }
    }

    private static void awaitRequests(RemoteWriteReceiver receiver, int count) {
        Await.until(
                "requests are taken",
                Duration.ofSeconds(60),
                () -> receiver.requests().size() >= count);
    }

    private static long exported(Millrace millrace) throws Exception {
        return Commands.millrace(
                        "dead-letters", "export", "--data", millrace.data().toString())
                .output()
                .stream()
                .filter(line -> line.startsWith("{\"pipeline\":\"letters\"") && line.contains("\"status\":\"400\""))
                .count();
    }
}
