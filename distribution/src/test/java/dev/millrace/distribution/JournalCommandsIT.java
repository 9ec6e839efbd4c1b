package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.ReadmeFiles;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace journal} on the folder of a collector: a look, a damage found, mended, and the rest delivered. */
@Tag("servers") // no server, but much time
final class JournalCommandsIT {
    private static final int SERIES = 40;
    private static final int DAMAGED = 7;
    private static final int IN_USE = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void looksAtAJournalAndMendsIt() throws Exception {
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.pause();
            millrace.pipeline("web", Pipelines.scrape("200ms", receiver.endpoint(), "", target.address()));
            millrace.start();
            long end = target.pages() + 6;
            Await.until("scraping goes on", DEADLINE, () -> target.pages() >= end);
            Commands.Result refused = journal(millrace, "repair");
            assertThat(refused.exitCode()).isEqualTo(IN_USE);
            assertThat(refused.errors())
                    .anyMatch(line -> line.contains(
                            "in use by process " + millrace.process().pid()));
            millrace.stop();

            assertThat(run(millrace, "inspect").get(0)).startsWith("journal web: ");
            assertThat(run(millrace, "inspect", "--json").get(0))
                    .contains("\"journal\":\"web\"", "\"flusher\":\"flusher_prometheus\"", "\"sealed\":true");
            int items = run(millrace, "export").size();
            assertThat(items).isGreaterThan(SERIES);
            assertThat(run(millrace, "verify")).containsExactly("web: nothing is damaged");
            assertThat(run(millrace, "orphans", "list")).hasSize(1);

            Path segment = damage(millrace.data().resolve("pipelines/web"));
            Commands.Result found = journal(millrace, "verify");
            assertThat(found.exitCode()).isEqualTo(DAMAGED);
            assertThat(found.output().get(0)).contains(segment.getFileName().toString(), "items lost");
            assertThat(journal(millrace, "repair").output())
                    .contains("web: " + segment.getFileName() + " was written anew");
            int left = run(millrace, "export").size();
            assertThat(left).isBetween(1, items - 1);

            receiver.resume();
            millrace.start();
            Await.until(
                    "the rest is delivered",
                    DEADLINE,
                    () -> millrace.metrics().sum("millrace_flusher_delivered_items_total") >= left);
            assertThat(millrace.metrics().sum("millrace_flusher_dropped_items_total", "reason", "damaged"))
                    .isEqualTo((double) items - left);
            Equations.hold(millrace.metrics());
        }
    }

    /** The commands of the page are ones that there are. */
    @Test
    void thePageShowsCommandsThatThereAre() throws IOException {
        String block = ReadmeFiles.of(Path.of("docs/operations.md")).commands().stream()
                .filter(commands -> commands.contains("millrace journal"))
                .findFirst()
                .orElseThrow();
        for (String line : block.strip().split("\n")) {
            List<String> words =
                    new ArrayList<>(List.of(line.replaceFirst("#.*", "").strip().split(" ")));
            words.remove(0);
            words.addAll(List.of("--data", folder.toString()));
            Commands.Result result = Commands.millrace(words.toArray(String[]::new));
            assertThat(result.exitCode()).as(line + ": " + result.errors()).isZero();
        }
    }

    private static List<String> run(Millrace millrace, String... words) {
        Commands.Result result = journal(millrace, words);
        assertThat(result.exitCode()).as(String.join("\n", result.errors())).isZero();
        return result.output();
    }

    private static Commands.Result journal(Millrace millrace, String... words) {
        List<String> all = new ArrayList<>(List.of("journal"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data", millrace.data().toString()));
        return Commands.millrace(all.toArray(String[]::new));
    }

    /** The middle of a sealed segment are its samples. */
    private static Path damage(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            Path segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 1;
            Files.write(segment, bytes);
            return segment;
        }
    }
}
