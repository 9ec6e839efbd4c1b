package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.MetricBatch;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers as Prometheus does: the decimal part of Go's {@code ParseFloat}, which it uses without hexadecimal digits
 * and underscores.
 *
 * <pre>
 * number  := sign? (decimal exponent? | "inf" | "infinity") | "nan"        letters in either case
 * decimal := digits | digits "." digits? | "." digits
 * exponent := ("e" | "E") sign? digits
 * </pre>
 *
 * The nearest double, ties to even; a number too small is 0, one too large is an error.
 */
final class FloatText {
    /** Not a number in this grammar; the bits of a NaN that is never a result. */
    static final long INVALID = -1;

    /** A number beyond the largest double; the bits of a NaN that is never a result. */
    static final long OUT_OF_RANGE = -2;

    private static final long POSITIVE_INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    private static final long SIGN = Long.MIN_VALUE;
    private static final long EXACT = 1L << 53;
    private static final long MANTISSA_ROOM = 100_000_000_000_000_000L;
    private static final int EXPONENT_ROOM = 100_000;
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private FloatText() {}

    /** The raw bits of the number in {@code [from, to)}; every NaN is {@link MetricBatch#NORMAL_NAN}. */
    static long parse(byte[] bytes, int from, int to) {
        int at = from;
        long sign = 0;
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
            sign = bytes[at] == '-' ? SIGN : 0;
            at++;
        }
        if (at == to) {
            return INVALID;
        }
        if (bytes[at] > '9') {
            return word(bytes, at, to, at > from, sign);
        }
        long mantissa = 0;
        int exponent = 0;
        boolean digits = false;
        boolean point = false;
        boolean cut = false;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = true;
                if (mantissa < MANTISSA_ROOM) {
                    mantissa = mantissa * 10 + digit;
                    exponent -= point ? 1 : 0;
                } else {
                    cut |= digit != 0;
                    exponent += point ? 0 : 1;
                }
            } else if (bytes[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (!digits) {
            return INVALID;
        }
        if (at < to) {
            int power = exponent(bytes, at, to);
            if (power == Integer.MIN_VALUE) {
                return INVALID;
            }
            exponent += power;
        }
        long bits = cut ? DecimalScaling.UNDECIDED : scale(mantissa, exponent);
        if (bits == DecimalScaling.UNDECIDED) {
            bits = slow(bytes, from, to) & ~SIGN;
        }
        return bits == POSITIVE_INFINITY ? OUT_OF_RANGE : bits | sign;
    }

    /** The raw bits of {@code mantissa / 10^fraction}, of which the former is at most 2^53 and the latter at most 22. */
    static long exact(long mantissa, int fraction) {
        // Both operands are exact, so there is one rounding.
        return Double.doubleToRawLongBits(fraction == 0 ? mantissa : mantissa / POWERS[fraction]);
    }

    private static long scale(long mantissa, int exponent) {
        if (mantissa == 0) {
            return 0;
        }
        if (mantissa <= EXACT && exponent >= -22 && exponent <= 22) {
            // Both operands are exact, so there is one rounding.
            double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            return Double.doubleToRawLongBits(value);
        }
        return DecimalScaling.bits(mantissa, exponent);
    }

    /* The text was checked: Java's grammar knows more than Go's. */
    private static long slow(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return Double.doubleToRawLongBits(Double.parseDouble(text));
    }

    private static int exponent(byte[] bytes, int from, int to) {
        if ((bytes[from] | 0x20) != 'e') {
            return Integer.MIN_VALUE;
        }
        int at = from + 1;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || at < to && bytes[at] == '+') {
            at++;
        }
        if (at == to) {
            return Integer.MIN_VALUE;
        }
        int power = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            power = Math.min(EXPONENT_ROOM, power * 10 + digit);
        }
        return negative ? -power : power;
    }

    private static long word(byte[] bytes, int from, int to, boolean signed, long sign) {
        if (is(bytes, from, to, "inf") || is(bytes, from, to, "infinity")) {
            return POSITIVE_INFINITY | sign;
        }
        return !signed && is(bytes, from, to, "nan") ? MetricBatch.NORMAL_NAN : INVALID;
    }

    private static boolean is(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
