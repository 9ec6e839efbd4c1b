package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A byte of each file in the data folder of a stopped collector is another, or the file is cut: it starts all the same. */
@Tag("servers")
final class DamagedFolderIT {
    private static final int SERIES = 50;
    private static final int ROUNDS = 3;
    private static final String DELIVERED = "millrace_flusher_delivered_items_total";
    private static final String DROPPED = "millrace_flusher_dropped_items_total";
    private static final String LOST = "millrace_journal_lost_items_total";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void startsWhateverFileIsDamagedAndCountsWhatIsLost() throws Exception {
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                RemoteWriteReceiver refusing = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            refusing.answer(() -> 400);
            String two = Pipelines.scrape("200ms", receiver.endpoint(), "", target.address())
                    + Pipelines.flusher("refused", refusing.endpoint(), "");
            String three = two + Pipelines.flusher("gone", receiver.endpoint(), "");
            leaveDeadLettersAndABacklog(millrace, target, receiver, two, three);
            for (int round = 0; round < ROUNDS; round++) {
                receiver.pause();
                millrace.start();
                scrapeFor(target, 5);
                if (round % 2 == 0) {
                    millrace.stop();
                } else {
                    millrace.kill();
                }
                millrace.dataChanged();
                for (Path file : files(millrace.data())) {
                    damage(file, round == 0);
                }
                receiver.resume();
                millrace.start();
                double delivered = millrace.metrics().sum(DELIVERED);
                Await.until(
                        "it delivers again",
                        DEADLINE,
                        () -> millrace.metrics().sum(DELIVERED) > delivered + SERIES,
                        () -> String.join("\n", millrace.lines()));
                Equations.hold(millrace.metrics());
                if (round == 0) {
                    assertThat(millrace.lines())
                            .anyMatch(line -> line.contains(".seg: ") && line.contains("its bytes are in damaged/"));
                    assertThat(files(millrace.data().resolve("pipelines/damaged/damaged")))
                            .isNotEmpty();
                    Await.until("what is lost is counted for the flusher", DEADLINE, () -> {
                        MetricsPage page = millrace.metrics();
                        double lost = page.sum(LOST, "reason", "damaged");
                        return lost > 0
                                && page.sum(DROPPED, "reason", "damaged", "component", "flusher_prometheus") == lost;
                    });
                }
                if (round == ROUNDS - 1) {
                    millrace.pipeline("damaged", three);
                    Path orphaned = millrace.data().resolve("pipelines/damaged/orphaned");
                    Await.until("what was left is taken back", DEADLINE, () -> !isThere(orphaned));
                    Equations.hold(millrace.metrics());
                }
                millrace.stop();
            }
        }
    }

    private static void leaveDeadLettersAndABacklog(
            Millrace millrace, NumberedTarget target, RemoteWriteReceiver receiver, String two, String three) {
        receiver.pause();
        millrace.pipeline("damaged", three).start();
        scrapeFor(target, 5);
        Path journal = millrace.data().resolve("pipelines/damaged");
        Await.until("dead letters", DEADLINE, () -> isThere(journal.resolve("dead-letters")));
        millrace.pipeline("damaged", two);
        Await.until("a backlog of a flusher that is gone", DEADLINE, () -> isThere(journal.resolve("orphaned")));
        millrace.stop();
    }

    private static boolean isThere(Path folder) throws IOException {
        return Files.exists(folder) && !files(folder).isEmpty();
    }

    /* The middle of a sealed segment are its samples: the dictionary is before and behind them. */
    private void damage(Path file, boolean middle) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            return;
        }
        int at = middle ? bytes.length / 2 : random.nextInt(bytes.length);
        if (!middle && random.nextInt(3) == 0) {
            bytes = Arrays.copyOf(bytes, at);
        } else {
            bytes[at] ^= (byte) (1 + random.nextInt(255));
        }
        System.out.println(file + ": " + at + " of " + bytes.length);
        Files.delete(file);
        Files.write(file, bytes);
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void scrapeFor(NumberedTarget target, int pages) {
        long end = target.pages() + pages;
        Await.until("scraping goes on", DEADLINE, () -> target.pages() >= end);
    }
}
