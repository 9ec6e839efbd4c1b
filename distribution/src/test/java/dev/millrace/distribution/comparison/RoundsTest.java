package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.report.Figure;
import dev.millrace.distribution.comparison.report.Results;
import dev.millrace.distribution.comparison.report.Turn;
import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
final class RoundsTest {
    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void eachRoundBeginsWithAnotherProgram() throws IOException {
        Results results = play(new Sleeper("a", "30"), new Sleeper("b", "30"), new Sleeper("c", "30"));
        assertThat(results.parts().get(0).turns())
                .extracting(Turn::program)
                .containsExactly("a", "b", "c", "b", "c", "a");
        assertThat(results.leftOut()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aProgramThatEndsByItselfHasNoTurn() throws IOException {
        Results results = play(new Sleeper("a", "30"), new Sleeper("b", "0"));
        assertThat(results.parts().get(0).turns()).extracting(Turn::program).containsExactly("a", "a");
        assertThat(results.leftOut())
                .containsExactly(
                        "b, short, round 1: b ended by itself; its last lines:",
                        "b, short, round 2: b ended by itself; its last lines:");
    }

    private Results play(Program... programs) throws IOException {
        Programs named = new Programs(List.of(programs), List.of());
        try (Rounds rounds = Rounds.open("test", "How.", named, folder, progress::add)) {
            rounds.play(new ShortScenario(), 2);
            return rounds.results();
        }
    }

    private record ShortScenario() implements Scenario {
        @Override
        public String title() {
            return "short";
        }

        @Override
        public Load load() {
            return new Load(1, 1, Duration.ofSeconds(1), 1);
        }

        @Override
        public List<Figure> figures() {
            return List.of(Figure.SERVED);
        }

        @Override
        public Map<Figure, Double> play(Stage stage) throws IOException {
            stage.start();
            stage.pass(Duration.ofMillis(200));
            return Map.of(Figure.SERVED, (double) stage.look().served());
        }
    }

    /** A program that does nothing for some seconds. */
    private record Sleeper(String name, String seconds) implements Program {
        @Override
        public String describe() {
            return name;
        }

        @Override
        public void configure(Path folder, Task task) {}

        @Override
        public ChildProcess start(Path folder, Task task) {
            return ChildProcess.start(name, folder, Map.of(), List.of("sleep", seconds));
        }

        @Override
        public String command() {
            return "sleep " + seconds;
        }
    }
}
