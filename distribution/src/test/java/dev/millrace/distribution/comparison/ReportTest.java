package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
final class ReportTest {
    @Test
    void ratiosAreToTheFirstProgramOfTheSameRound() throws IOException {
        Scenario scenario = new Scenario(
                1, 1, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 1, List.of("a", "b"));
        Report report = new Report(scenario, List.of(new Named("a"), new Named("b")));
        double[] first = {1.0, 2.0, 4.0};
        double[] second = {2.0, 3.0, 4.0};
        for (int round = 1; round <= 3; round++) {
            report.add(turn("a", round, first[round - 1]));
            report.add(turn("b", round, second[round - 1]));
        }
        List<String> row = report.text()
                .lines()
                .filter(line -> line.startsWith("| B "))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
        assertThat(row.get(0)).startsWith("| B | 3.00 (2.00-4.00) | 1.50 (1.00-2.00) |");
        assertThat(row.get(0)).contains("| 300 | 297 | 3 |");
        assertThat(row.get(1)).isEqualTo("| B | `b --flag` |");
    }

    private static Measurement turn(String program, int round, double cpu) {
        CountingReceiver.Received received =
                new CountingReceiver.Received(1, 0, 1, new SampleCount.Result(99, 0, 0, 0));
        return new Measurement(program, round, cpu, cpu, cpu, 1 << 20, 20, 1, 100, received);
    }

    private record Named(String name) implements Program {
        @Override
        public String describe() {
            return name.toUpperCase(Locale.ROOT);
        }

        @Override
        public ChildProcess start(Path folder, Task task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> command() {
            return List.of(name, "--flag");
        }
    }
}
