package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.report.Figure;
import dev.millrace.distribution.comparison.report.Results;
import dev.millrace.distribution.comparison.report.TextReport;
import dev.millrace.distribution.comparison.report.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Millrace and others lose with the same load, all with their defaults: with the destination gone and a kill -9 at the end
 * of that, and with a destination that answers 429. It prints a table; {@code docs/durability.md} has one of a run.
 */
@Tag("servers")
@EnabledIfSystemProperty(
        named = "millrace.losses",
        matches = "\\d+",
        disabledReason = "takes a quarter of an hour; -Plong says for how many seconds a destination is gone")
final class LossComparisonIT {
    private static final Load LOAD = new Load(20, 1000, Duration.ofSeconds(1), 1);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @BeforeAll
    static void answerAtOnce() {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits for the client's delayed ACK
    }

    @Test
    void aDestinationThatIsGoneAndAKill() throws IOException {
        compare(Fault.DOWN, Optional.of(Duration.ZERO), Integer.getInteger("millrace.losses"));
    }

    @Test
    void aDestinationThatAnswers429() throws IOException {
        compare(Fault.TOO_MANY_REQUESTS, Optional.empty(), 2 * Integer.getInteger("millrace.losses"));
    }

    private void compare(Fault fault, Optional<Duration> kill, int seconds) throws IOException {
        Scenario scenario = new OutageScenario(LOAD, fault, WARM_UP, Duration.ofSeconds(seconds), kill);
        Programs programs = Programs.named(List.of("all"), List.of("millrace"));
        Results results;
        try (Rounds rounds = Rounds.open("losses", LOAD.describe(), programs, folder, LossComparisonIT::print)) {
            rounds.play(scenario, 1);
            results = rounds.results();
        }
        print(TextReport.of(results));
        List<Turn> turns = results.parts().get(0).turns();
        assertThat(turns).hasSize(results.programs().size());
        assertThat(turns)
                .filteredOn(turn -> turn.program().equals("millrace"))
                .allSatisfy(turn -> assertThat(turn.figures()).containsEntry(Figure.LOST, 0.0));
    }

    private static void print(String text) {
        System.out.println(text);
    }
}
