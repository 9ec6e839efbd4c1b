package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.ScenarioKind.Settings;
import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScenarioKindTest {
    private static final Settings SETTINGS = new Settings(
            new Load(100, 1000, Duration.ofSeconds(5), 1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(40),
            List.of(Fault.DOWN, Fault.SLOW),
            List.of(10_000, 2_000_000),
            Duration.ofSeconds(3),
            List.of(OtlpProtocol.GRPC));

    @Test
    void anOutageHasAPartForEachFault() {
        assertThat(ScenarioKind.OUTAGE.parts(SETTINGS))
                .extracting(Scenario::title)
                .containsExactly("down", "slow");
    }

    @Test
    void sizesDifferInTheirTargetsAndIntervalsAndNotInTheirSamplesASecond() {
        assertThat(ScenarioKind.SCALE.parts(SETTINGS))
                .extracting(Scenario::load)
                .containsExactly(
                        new Load(10, 1000, Duration.ofMillis(500), 1),
                        new Load(2000, 1000, Duration.ofSeconds(100), 1));
    }

    @Test
    void aWindowHasThreeScrapesAtLeast() {
        assertThat(ScenarioKind.SCALE.parts(SETTINGS))
                .extracting(part -> ((SteadyScenario) part).window())
                .containsExactly(Duration.ofSeconds(40), Duration.ofSeconds(300));
    }
}
