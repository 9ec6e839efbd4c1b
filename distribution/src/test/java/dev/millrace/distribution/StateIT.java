package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Installation;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input that numbers its samples, and keeps the last number as its state. */
@Tag("servers") // no server, but much time
final class StateIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    @Test
    void noNumberIsMissingAndNoneIsMadeTwiceThroughKillsStopsAndReloads() throws Exception {
        Path home = Installation.copyTo(folder.resolve("home"));
        JavaPlugin.install("input_sequence", "SequenceFactory", "", folder.resolve("sources"), home);
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder.resolve("run"), home, Map.of("MILLRACE_CLASS_SHARING", "off"))) {
            millrace.pipeline("numbers", pipeline("input_sequence", receiver, ""));
            for (int life = 0; life <= KILLS; life++) {
                millrace.start();
                awaitMore(receiver, millrace, "input_sequence");
                if (life < KILLS) {
                    millrace.kill();
                } else {
                    assertThat(millrace.stop()).isZero();
                }
            }
            millrace.start();
            awaitMore(receiver, millrace, "input_sequence");
            millrace.pipeline("numbers", pipeline("input_sequence", receiver, "global:\n  ProgressInterval: 1h\n"));
            reload(millrace);
            awaitMore(receiver, millrace, "input_sequence");
            assertThat(made(receiver, "input_sequence").values()).allMatch(times -> times.size() == 1);

            millrace.pipeline("numbers", pipeline("input_sequence/other", receiver, ""));
            reload(millrace);
            awaitMore(receiver, millrace, "input_sequence/other");
            Map<Long, Set<Long>> once = made(receiver, "input_sequence");
            assertThat(once.values()).allMatch(times -> times.size() == 1);

            millrace.pipeline("numbers", pipeline("input_sequence", receiver, ""));
            reload(millrace);
            Await.until(
                    "the numbers begin anew, because the state was forgotten",
                    DEADLINE,
                    () -> made(receiver, "input_sequence").get(1L).size() == 2,
                    () -> String.join("\n", millrace.lines()));
            assertThat(millrace.stop()).isZero();
        }
    }

    private static String pipeline(String input, RemoteWriteReceiver receiver, String more) {
        return more + "inputs:\n  - Type: " + input + "\nflushers:\n" + Pipelines.flusher("", receiver.endpoint(), "");
    }

    private static void reload(Millrace millrace) throws IOException {
        Commands.Result result =
                Commands.millrace("reload", "--data", millrace.data().toString());
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    /** Waits until numbers arrive that were made after now, and checks that none before them is missing. */
    private static void awaitMore(RemoteWriteReceiver receiver, Millrace millrace, String source) {
        long now = System.currentTimeMillis();
        Await.until(
                "new numbers arrive from " + source,
                DEADLINE,
                () -> made(receiver, source).values().stream()
                                .filter(times -> times.stream().anyMatch(time -> time > now))
                                .count()
                        > 20,
                () -> String.join("\n", millrace.lines()));
        NavigableMap<Long, Set<Long>> made = made(receiver, source);
        assertThat(made.firstKey()).isEqualTo(1);
        assertThat(made).hasSize(made.lastKey().intValue());
    }

    /** When each number was made. A request that is sent again has the same times. */
    private static NavigableMap<Long, Set<Long>> made(RemoteWriteReceiver receiver, String source) {
        NavigableMap<Long, Set<Long>> made = new TreeMap<>();
        for (List<Sample> samples : receiver.samples("sequence").values()) {
            for (Sample sample : samples) {
                if (sample.series().contains("source=\"" + source + "\"")) {
                    made.computeIfAbsent((long) sample.value(), number -> new TreeSet<>())
                            .add(sample.timestamp());
                }
            }
        }
        return made;
    }
}
