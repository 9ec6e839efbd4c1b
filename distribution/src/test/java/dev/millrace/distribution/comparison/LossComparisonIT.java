package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.LossTrial.Fault;
import dev.millrace.distribution.comparison.LossTrial.Losses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    private static final int TARGETS = 20;
    private static final int SERIES = 1000;

    @TempDir
    Path folder;

    @BeforeAll
    static void answerAtOnce() {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits for the client's delayed ACK
    }

    @Test
    void aDestinationThatIsGoneAndAKill() throws IOException {
        compare(Fault.GONE_AND_A_KILL, Integer.getInteger("millrace.losses"));
    }

    @Test
    void aDestinationThatAnswers429() throws IOException {
        compare(Fault.TOO_MANY_REQUESTS, 2 * Integer.getInteger("millrace.losses"));
    }

    private void compare(Fault fault, int seconds) throws IOException {
        Scenario scenario = new Scenario(
                TARGETS,
                SERIES,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(seconds),
                1,
                1,
                List.of("all"));
        TextTable table = new TextTable("program", "served in " + seconds + " s", "lost", "of all that was served");
        for (Program program : Programs.named(scenario.programs())) {
            Losses losses = LossTrial.run(scenario, program, fault, folder);
            table.row(
                    program.describe(),
                    String.format(Locale.ROOT, "%,d", losses.exposed()),
                    String.format(Locale.ROOT, "%,d", losses.lost()),
                    String.format(Locale.ROOT, "%,d", losses.served()));
            System.out.println(losses);
            assertThat(losses.delivered()).isPositive().isLessThanOrEqualTo(losses.served());
            if (program instanceof MillraceProgram) {
                assertThat(losses.lost()).isZero();
            }
        }
        System.out.println(fault + ", " + scenario.describe() + "\n" + MachineFacts.text() + "\n\n" + table);
    }
}
