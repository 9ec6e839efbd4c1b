package dev.millrace.core.metrics;

import java.math.BigDecimal;

/**
 * The upper bounds of buckets as OpenMetrics writes them, so that a series has the same label {@code le} wherever it comes
 * from: the shortest digits, an exponent from {@code 1e+06} on and below {@code 0.0001}, and always a point or an exponent.
 */
final class BoundText {
    private static final int FIRST_EXPONENT = 6;
    private static final int LAST_FRACTION = -4;

    private BoundText() {}

    /** The text of a bound, which is no NaN. */
    static String of(double bound) {
        if (Double.isInfinite(bound)) {
            return bound > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (decimal.signum() != 0 && (exponent < LAST_FRACTION || exponent >= FIRST_EXPONENT)) {
            String mantissa =
                    decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString();
            String digits = Integer.toString(Math.abs(exponent));
            return mantissa + "e" + (exponent < 0 ? "-" : "+") + (digits.length() < 2 ? "0" : "") + digits;
        }
        String plain = decimal.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
