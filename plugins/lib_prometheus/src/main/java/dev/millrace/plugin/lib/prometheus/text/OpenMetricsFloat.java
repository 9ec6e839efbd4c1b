package dev.millrace.plugin.lib.prometheus.text;

import java.math.BigDecimal;

/**
 * Writes numbers as the values of {@code le} and {@code quantile} are written in OpenMetrics, so that one bucket has one
 * name whatever client wrote it.
 *
 * <p>The shortest digits that read back as the same double, as Go's {@code %g} places them: with an exponent, of at least
 * two digits, below 1e-4 and from 1e6 on; with {@code .0} where there is neither point nor exponent.
 */
public final class OpenMetricsFloat {
    private OpenMetricsFloat() {}

    /** The text of a number. */
    public static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0.0";
        }
        BigDecimal shortest = ShortestDecimal.of(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String text = exponent < -4 || exponent >= 6 ? scientific(digits, exponent) : plain(shortest);
        return value < 0 ? "-" + text : text;
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        int size = Math.abs(exponent);
        return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String plain(BigDecimal number) {
        return number.scale() <= 0 ? number.toPlainString() + ".0" : number.toPlainString();
    }
}
