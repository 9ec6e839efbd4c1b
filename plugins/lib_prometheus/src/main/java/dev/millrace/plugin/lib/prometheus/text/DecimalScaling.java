package dev.millrace.plugin.lib.prometheus.text;

import java.math.BigInteger;

/**
 * Turns {@code mantissa * 10^exponent} into the nearest double without big numbers, where 128 bits suffice to tell.
 *
 * <p>After D. Lemire, "Number Parsing at a Gigabyte per Second" (2021): the mantissa is multiplied with the 128 highest
 * bits of the power of ten. They are cut off, so the product is too small by less than the mantissa's own size in its
 * last place; where that could change the rounding, the answer is {@link #UNDECIDED}. So it is for results that are not
 * normal numbers.
 */
final class DecimalScaling {
    /** The bits of no number: ask another way. */
    static final long UNDECIDED = -1;

    private static final int LOWEST = -342;
    private static final int HIGHEST = 308;
    private static final long[] HIGH = new long[HIGHEST - LOWEST + 1];
    private static final long[] LOW = new long[HIGHEST - LOWEST + 1];

    static {
        for (int exponent = LOWEST; exponent <= HIGHEST; exponent++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
            BigInteger top = exponent >= 0
                    ? shift(power, 128 - power.bitLength())
                    : shift(BigInteger.ONE, 128 + power.bitLength()).divide(power);
            top = shift(top, 128 - top.bitLength());
            HIGH[exponent - LOWEST] = top.shiftRight(64).longValue();
            LOW[exponent - LOWEST] = top.longValue();
        }
    }

    private DecimalScaling() {}

    /** The bits of the double; the mantissa is unsigned and not 0. */
    static long bits(long mantissa, int exponent) {
        if (exponent < LOWEST || exponent > HIGHEST) {
            return UNDECIDED;
        }
        int zeros = Long.numberOfLeadingZeros(mantissa);
        long normal = mantissa << zeros;
        long factor = HIGH[exponent - LOWEST];
        long high = multiplyHigh(normal, factor);
        long low = normal * factor;
        if ((high & 0x1ff) == 0x1ff && Long.compareUnsigned(low + normal, normal) < 0) {
            // The lower half of the power decides.
            long carry = multiplyHigh(normal, LOW[exponent - LOWEST]);
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
            if ((high & 0x1ff) == 0x1ff && low == -1) {
                return UNDECIDED;
            }
        }
        int top = (int) (high >>> 63);
        // 54 bits: the 53 of a double and one to round by.
        long digits = high >>> (top + 9);
        if (low == 0 && (high & 0x1ff) == 0 && (digits & 3) == 1) {
            return UNDECIDED;
        }
        digits = (digits + (digits & 1)) >>> 1;
        // floor(log2(10^exponent)), exact in this range
        int binary = ((217_706 * exponent) >> 16) + 64 + 1023 - zeros - (1 - top);
        if (digits >>> 53 != 0) {
            digits >>>= 1;
            binary++;
        }
        if (binary < 1 || binary > 2046) {
            return UNDECIDED;
        }
        return (long) binary << 52 | digits & ((1L << 52) - 1);
    }

    private static BigInteger shift(BigInteger value, int bits) {
        return bits >= 0 ? value.shiftLeft(bits) : value.shiftRight(-bits);
    }

    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
