package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "10s,PT10S",
        "1m,PT1M",
        "1m30s,PT1M30S",
        "1d,P1D",
        "1w2d3h4m5s6ms,P9DT3H4M5.006S",
        "0s,PT0S"
    })
    void reads(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5 s", "s", "1s1m", "-1s", "1.5s", "1S", "10", "36501d", "999999999w", "1s1s"})
    void refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
    }
}
