package dev.millrace.plugin.lib.prometheus.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.MetricBatch;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+1",
                "1",
                "1.",
                ".5",
                "-.5e-3",
                "1e3",
                "1E+03",
                "1e-03",
                "0.1",
                "123456789.125",
                "4.9351e-05",
                "9007199254740993",
                "9007199254740992",
                "18446744073709551615",
                "99999999999999999999999999",
                "1e22",
                "1e23",
                "123456789012345678e-20",
                "1.7976931348623157e308",
                "2.2250738585072014e-308",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "1e-400",
                "0e999999999999",
                "1e-999999999999",
                "5.684341886080801486968994140625e-14",
                "0.000000000000000000000000000000000000000000000000001",
                "8.988465674311580536566680721305e307",
                "6929495644600919.5",
                "6929495644600920.5",
                "3.5844466002796428e+298",
                "100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001e-100"
            })
    void readsTheNearestDouble(String text) {
        assertThat(parse(text)).isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "NAN", "nAn"})
    void readsEveryNanAsTheNormalOne(String text) {
        assertThat(parse(text)).isEqualTo(MetricBatch.NORMAL_NAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "Inf", "+inf", "+INF", "infinity", "+Infinity"})
    void readsInfinity(String text) {
        assertThat(parse(text)).isEqualTo(Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
        assertThat(parse("-" + text.replace("+", ""))).isEqualTo(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "+", ".", "e3", "1e", "1e+", "1e3.5", "1.2.3", "1_2", "0x1", "0x1p-3", "0x1P3", "1d", "1f",
                " 1", "+nan", "-NaN", "infinit", "in", "na", "nan1", "++1", "--1", "1-", "1,5", "true", "١", "1e5e"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(parse(text)).isEqualTo(FloatText.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1.7976931348623159e308", "1e99999999999", "179769313486231580793e289"})
    void refusesWhatIsTooLarge(String text) {
        assertThat(parse(text)).isEqualTo(FloatText.OUT_OF_RANGE);
    }

    @Test
    void agreesWithJavaOnRandomNumbers() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            String text = randomNumber(random);
            double expected = Double.parseDouble(text);
            assertThat(parse(text))
                    .as(text)
                    .isEqualTo(
                            Double.isInfinite(expected)
                                    ? FloatText.OUT_OF_RANGE
                                    : Double.doubleToRawLongBits(expected));
        }
    }

    private static String randomNumber(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(finite(random));
            case 1 ->
                random.nextLong() + "." + random.nextInt(1 << random.nextInt(31)) + "e" + (random.nextInt(700) - 360);
            case 2 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(40)).toPlainString();
            // Half-way between two doubles, and beside it.
            default -> {
                double value = Math.abs(finite(random));
                BigDecimal middle = new BigDecimal(value)
                        .add(new BigDecimal(Math.nextUp(value)))
                        .divide(BigDecimal.valueOf(2));
                yield middle.add(middle.ulp().multiply(BigDecimal.valueOf(random.nextInt(3) - 1)))
                        .toString();
            }
        };
    }

    private static double finite(Random random) {
        while (true) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(Math.nextUp(Math.abs(value)))) {
                return value;
            }
        }
    }

    private static long parse(String text) {
        byte[] bytes = ("xx" + text + "5").getBytes(StandardCharsets.UTF_8);
        return FloatText.parse(bytes, 2, bytes.length - 1);
    }
}
