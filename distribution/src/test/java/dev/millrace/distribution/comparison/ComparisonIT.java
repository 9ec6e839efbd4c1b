package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The comparison at a small load: it counts what a program delivers, and what the program costs. What the window alone
 * shows is left out, because nothing may arrive in one so short.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
final class ComparisonIT {
    private static final Scenario SMALL = new Scenario(
            5, 100, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 1, 1, List.of("all"));

    @TempDir
    Path folder;

    @Test
    void measuresMillrace() throws IOException {
        Measurement turn = measure(new MillraceProgram());
        assertThat(turn.received().samples().outOfOrder()).isZero();
        assertThat(turn.received().samples().repeated()).isZero();
    }

    @Test
    @Tag("servers")
    void measuresEveryProgramThatIsThere() throws IOException {
        List<Program> programs = Programs.named(SMALL.programs());
        assertThat(programs).hasSizeGreaterThan(1);
        Report report = new Report(SMALL, programs);
        for (Program program : programs) {
            report.add(measure(program));
        }
        assertThat(report.text()).contains("vmagent 1.", "millrace 0.", "Prometheus agent ");
    }

    private Measurement measure(Program program) throws IOException {
        Measurement turn = Trial.run(SMALL, program, 1, folder);
        assertThat(turn.served()).isPositive();
        assertThat(turn.lost()).isZero();
        assertThat(turn.wholeCpu()).isPositive();
        assertThat(turn.peakBytes()).isGreaterThan(1 << 20);
        assertThat(turn.received().bytes())
                .isGreaterThan(turn.received().samples().all());
        assertThat(turn.firstSeconds()).isPositive();
        assertThat(folder).isEmptyDirectory();
        return turn;
    }
}
