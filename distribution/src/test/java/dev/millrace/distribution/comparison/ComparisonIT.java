package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * The scenarios at a small load: they count what a program delivers, and what the program costs. What the window alone
 * shows is left out, because nothing may arrive in one so short.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
final class ComparisonIT {
    /** A page that takes longer than the interval is lost, so it is long enough for a busy machine. */
    private static final Load LOAD = new Load(5, 100, Duration.ofSeconds(5), 1);

    private static final Duration SHORT = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void measuresMillrace() throws IOException {
        Map<Figure, Double> figures = play(SteadyScenario.of(LOAD, SHORT, SHORT));
        assertThat(figures.get(Figure.SERVED)).isPositive();
        assertThat(figures.get(Figure.LOST)).isZero();
        assertThat(figures.get(Figure.CPU_FROM_START)).isPositive();
        assertThat(figures.get(Figure.PEAK_MIB)).isGreaterThan(1);
        assertThat(figures.get(Figure.FIRST_SEND)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(OtlpProtocol.class)
    @Tag("servers") // no server, but some time
    void measuresWhatIsPushedByOtlp(OtlpProtocol protocol) throws IOException {
        Load load = new Load(5, 100, Duration.ofSeconds(1), 1);
        Map<Figure, Double> figures = play(new OtlpScenario(load, protocol, Duration.ofSeconds(1), SHORT));
        assertThat(figures.get(Figure.SERVED)).isPositive();
        assertThat(figures.get(Figure.LOST)).isZero();
        assertThat(figures.get(Figure.CPU_POINT_FROM_START)).isPositive();
    }

    @Test
    @Tag("servers")
    void scrapesEachOfManyTargetsInEachInterval() throws IOException {
        Load load = new Load(1000, 10, SHORT.multipliedBy(2), 1);
        Map<Figure, Double> figures = play(new TargetsScenario(load, load.interval(), load.interval()));
        assertThat(figures).containsEntry(Figure.LOST, 0.0).containsEntry(Figure.MISSED, 0.0);
        assertThat(figures.get(Figure.SERVED)).isGreaterThanOrEqualTo((double) load.allSeries());
        assertThat(figures.get(Figure.HEAP)).isPositive();
    }

    @Test
    @Tag("servers") // no server, but much time
    void millraceLosesNothingWhenItIsKilledInAnOutage() throws IOException {
        Map<Figure, Double> figures =
                play(new OutageScenario(LOAD, Fault.DOWN, SHORT, SHORT.multipliedBy(2), Optional.of(SHORT)));
        assertThat(figures.get(Figure.EXPOSED)).isPositive();
        assertThat(figures).containsEntry(Figure.LOST, 0.0).containsEntry(Figure.OUT_OF_ORDER, 0.0);
    }

    @Test
    @Tag("servers")
    void aReloadCostsMillraceNothingOfTheOtherTargets() throws IOException {
        Map<Figure, Double> figures = play(new ReloadScenario(LOAD, SHORT, SHORT, Duration.ofSeconds(1)));
        assertThat(figures.get(Figure.RELOADS)).isPositive();
        assertThat(figures).containsEntry(Figure.LOST, 0.0).containsEntry(Figure.OUT_OF_ORDER, 0.0);
    }

    @Test
    @Tag("servers")
    void measuresEveryProgramThatIsThere() throws IOException {
        StringWriter output = new StringWriter();
        CommandLine bench = Bench.commandLine().setOut(new PrintWriter(output, true));
        assertThat(bench.execute(
                        "run",
                        "--peers=vmagent,prometheus,otelcol",
                        "--millrace=millrace,millrace-2.0,millrace-memory",
                        "--rounds=1",
                        "--targets=5",
                        "--series=100",
                        "--interval=5",
                        "--warm-up=5",
                        "--window=6",
                        "--output=" + folder))
                .as(output.toString())
                .isZero();
        assertThat(Files.readString(folder.resolve("steady.md")))
                .contains("| vmagent 1.", "| Millrace 0.", "| Prometheus agent ");
        assertThat(folder).isDirectoryContaining("glob:**.json").isDirectoryContaining("glob:**.svg");
    }

    private Map<Figure, Double> play(Scenario scenario) throws IOException {
        Map<Figure, Double> figures;
        try (Stage stage = Stage.open(scenario, new MillraceProgram(), folder)) {
            figures = scenario.play(stage);
        }
        assertThat(figures.keySet()).containsExactlyInAnyOrderElementsOf(scenario.figures());
        assertThat(folder).isEmptyDirectory();
        return figures;
    }
}
