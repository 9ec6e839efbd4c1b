package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenMetricsFloatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, 0.0",
        "1, 1.0",
        "-1, -1.0",
        "10, 10.0",
        "100000, 100000.0",
        "123456, 123456.0",
        "1000000, 1e+06",
        "1234567, 1.234567e+06",
        "0.5, 0.5",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000012345, 1.2345e-05",
        "-2.5, -2.5",
        "99999.5, 99999.5",
        "1e23, 1e+23",
        "2e-44, 2e-44",
        "1e100, 1e+100",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "5.684341886080802e-14, 5.684341886080802e-14",
        "9007199254740992, 9.007199254740992e+15",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void writesTheShortestDigits(double value, String text) {
        assertThat(OpenMetricsFloat.format(value)).isEqualTo(text);
    }

    @Test
    void readsBackAsTheSameNumber() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = OpenMetricsFloat.format(value);
                assertThat(Double.parseDouble(text)).isEqualTo(value);
                assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
            }
        }
    }

    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }
}
