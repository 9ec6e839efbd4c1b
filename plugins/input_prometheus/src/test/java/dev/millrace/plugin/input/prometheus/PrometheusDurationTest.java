package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "1ms, 1",
        "500ms, 500",
        "15s, 15000",
        "1m, 60000",
        "1m30s, 90000",
        "1h, 3600000",
        "1d, 86400000",
        "1w, 604800000",
        "90d, 7776000000",
        "1y, 31536000000",
        "1d1h1m1s1ms, 90061001",
        "8d1ms, 691200001"
    })
    void writesAndReads(String text, long milliseconds) {
        assertThat(PrometheusDuration.format(Duration.ofMillis(milliseconds))).isEqualTo(text);
        assertThat(PrometheusDuration.parse(text)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void readsAPlainZero() {
        assertThat(PrometheusDuration.parse("0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1.5s", "-1s", "1s1m", "1 s", "1S", "300y", "99999999999999999999s"})
    void refusesOthers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusDuration.parse(text))
                .withMessageStartingWith("'" + text + "' (expected: ");
    }
}
