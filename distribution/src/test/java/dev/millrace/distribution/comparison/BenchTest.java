package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchTest {
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine bench =
            Bench.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));

    @Test
    void helpNamesEveryScenario() {
        assertThat(bench.execute("run", "--help")).isZero();
        for (ScenarioKind kind : ScenarioKind.values()) {
            assertThat(output.toString()).contains(kind.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            --scenario=weather; Invalid value for option '--scenario'
            --peers=telegraf;   --peers: telegraf (expected: none, all, or of vmagent,
            --peers=none --millrace=a,a; a: named twice (expected: once)
            --faults=rain;      fault: rain (expected: of [down, 5xx, 429, slow, hanging, answers-lost])
            --otlp=udp;         otlp: udp (expected: of [grpc, http])
            --targets=0;        targets: 0 (expected: at least 1)
            --rounds=0;         --rounds: 0 (expected: at least 1)
            --window=-1;        --window: -1 (expected: at least 1)
            --scenario=reload --targets=1; targets: 1 (expected: at least 2, of which one goes)
            --interval=often;   Invalid value for option '--interval'
            """)
    void wrongArgumentsAreRefusedBeforeAnythingIsMeasured(String arguments, String message) {
        assertThat(bench.execute(("run --peers=none " + arguments)
                        .replace("--peers=none --peers", "--peers")
                        .split(" ")))
                .isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void whatIsNotThereIsLeftOutWithAReason() {
        assertThat(bench.execute("run", "--peers=none", "--millrace=other=target/nowhere"))
                .isEqualTo(1);
        assertThat(output.toString())
                .contains("left out: other: ", "target/nowhere has no bin/millrace", "nothing to measure");
    }
}
