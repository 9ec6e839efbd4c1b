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
        "'Sunday, 22-Nov-26 10:00:30 GMT', PT30S",
        "'Sun Nov 22 10:00:30 2026', PT30S",
        "'Wed Dec  2 10:00:30 2026', PT24H",
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
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "22 Nov"
            })
    void ignoresZeroThePastAndWhatItCannotRead(String value) {
        assertThat(RetryAfter.parse(value, FakeContext.NOW)).isEmpty();
    }
}
