package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace demo}: its count, its exit code, and that nothing of it stays. */
final class DemoIT {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(30);
    private static final Pattern NUMBER = Pattern.compile("([a-z ]+) ([0-9,]+)");

    @TempDir
    Path folder;

    @Test
    void countsThatNothingIsLostAndLeavesNothing() throws IOException {
        try (ChildProcess demo = start();
                EquationsWatch equations = watch()) {
            equations.awaitPage();
            assertThat(demo.awaitExit(DEADLINE))
                    .as(String.join("\n", demo.lines()))
                    .isZero();
            Map<String, Long> count = count(demo);
            assertThat(count.get("lost")).isZero();
            assertThat(count.get("out of order")).isZero();
            assertThat(count.get("scraped")).isPositive();
            assertThat(count.get("scraped"))
                    .isEqualTo(count.get("delivered")
                            + count.getOrDefault("cut off by the kill", 0L)
                            + count.getOrDefault("failed scrapes", 0L));
            assertThat(demo.lines())
                    .anyMatch(line -> line.contains("kill -9 of the collector"))
                    .noneMatch(line -> line.contains("\r") || line.contains("\u001b"));
            assertThat(folders()).isEmpty();
            assertThat(processes()).isEmpty();
        }
    }

    @Test
    @Tag("servers")
    void aRequestThatTheReceiverSwallowsIsFound() throws IOException {
        try (ChildProcess demo = start("--swallow-request", "2");
                EquationsWatch equations = watch()) {
            equations.awaitPage();
            assertThat(demo.awaitExit(DEADLINE)).isEqualTo(1);
            Map<String, Long> count = count(demo);
            assertThat(count.get("lost")).isPositive();
            assertThat(count.get("scraped"))
                    .isEqualTo(count.get("delivered")
                            + count.getOrDefault("cut off by the kill", 0L)
                            + count.getOrDefault("failed scrapes", 0L)
                            + count.get("lost"));
            assertThat(demo.lines()).anyMatch(line -> line.matches("  lost: target .*, page \\d+: .* samples"));
            assertThat(folders()).as("what shows the loss is kept").hasSize(1);
            assertThat(processes()).isEmpty();
        }
    }

    @Test
    void aSignalEndsAllOfIt() throws IOException {
        try (ChildProcess demo = start();
                EquationsWatch equations = watch()) {
            demo.awaitLine("that samples arrive", DEADLINE, line -> line.contains("what is scraped arrives"));
            equations.awaitPage();
            assertThat(folders()).hasSize(1);
            assertThat(processes()).hasSizeGreaterThanOrEqualTo(2);
            demo.terminate(END);
            assertThat(folders()).isEmpty();
            assertThat(processes()).isEmpty();
        }
    }

    @Test
    void itsProcessesEndWithItEvenIfItIsKilled() throws IOException {
        try (ChildProcess demo = start();
                EquationsWatch equations = watch()) {
            demo.awaitLine("that samples arrive", DEADLINE, line -> line.contains("what is scraped arrives"));
            equations.awaitPage();
            demo.kill();
            Await.until(
                    "the processes of the demo end",
                    END,
                    () -> processes().isEmpty(),
                    () -> processes().toString());
        }
    }

    @Test
    void saysInOneLineThatItHasNoTemporaryFolder() {
        Path none = folder.resolve("none");
        try (ChildProcess demo = startWith(none)) {
            assertThat(demo.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(demo.lines())
                    .containsExactly("millrace demo: no temporary folder can be made in " + none
                            + ": no such folder; set TMPDIR to a folder that can be written");
        }
    }

    /* Its temporary folder is in the test's, so that demos of other tests are told apart. */
    private ChildProcess start(String... arguments) {
        return startWith(folder, arguments);
    }

    private ChildProcess startWith(Path temporary, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Millrace.HOME.resolve("bin/millrace").toString(), "demo"));
        command.addAll(List.of(arguments));
        return ChildProcess.start("demo", folder, Map.of("TMPDIR", temporary.toString()), command);
    }

    /* Over the collector of the demo, in both of its lives. */
    private EquationsWatch watch() {
        return EquationsWatch.begin(() -> {
            try {
                return folders().stream().findFirst().orElse(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Map<String, Long> count(ChildProcess demo) {
        String line = demo.awaitLine("the count", END, text -> text.startsWith("scraped "));
        Map<String, Long> count = new TreeMap<>();
        for (String part : line.split(" · ")) {
            Matcher number = NUMBER.matcher(part);
            assertThat(number.matches()).as(line).isTrue();
            count.put(number.group(1), Long.parseLong(number.group(2).replace(",", "")));
        }
        return count;
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("millrace-demo-"))
                    .toList();
        }
    }

    /** The processes that were started with a path in the test's folder. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }
}
