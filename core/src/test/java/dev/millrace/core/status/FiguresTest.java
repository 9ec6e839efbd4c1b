package dev.millrace.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 s
            59 | 59 s
            60 | 1 m
            200 | 3 m 20 s
            7200 | 2 h
            7859 | 2 h 10 m
            273600 | 3 d 4 h
            31536001 | > 1 y
            """)
    void durations(long seconds, String text) {
        assertThat(Figures.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 B
            1023 | 1023 B
            1024 | 1.0 KiB
            12897484 | 12.3 MiB
            1073741823 | 1.0 GiB
            10737418240 | 10.0 GiB
            9223372036854775807 | 8.0 EiB
            """)
    void sizes(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0/s
            0.25 | 0.3/s
            12.6 | 13/s
            1234.4 | 1,234/s
            | -
            """)
    void rates(Double rate, String text) {
        assertThat(Figures.rate(rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate)))
                .isEqualTo(text);
    }
}
