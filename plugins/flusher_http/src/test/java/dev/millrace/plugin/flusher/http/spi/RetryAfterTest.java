package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "' 120 ', PT2M",
        "86401, PT24H",
        "99999999999999999999, PT24H",
        "'Sun, 22 Nov 2026 10:00:30 GMT', PT30S",
        "'Sat, 22 Nov 2036 10:00:30 GMT', PT24H",
    })
    void readsSecondsAndDates(String value, Duration delay) {
        assertThat(RetryAfter.parse(value, FakeContext.NOW)).contains(delay);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "",
                "soon",
                "1.5",
                "Sun, 22 Nov 2026 10:00:00 GMT",
                "Sun, 22 Nov 2026 09:59:59 GMT",
                "22 Nov"
            })
    void ignoresZeroThePastAndWhatItCannotRead(String value) {
        assertThat(RetryAfter.parse(value, FakeContext.NOW)).isEmpty();
    }
}
