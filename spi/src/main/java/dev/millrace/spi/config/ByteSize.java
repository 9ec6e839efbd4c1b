package dev.millrace.spi.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 512B}, {@code 64KiB}, {@code 4MiB}, {@code 1GiB}, {@code 1TiB}. As in Prometheus,
 * {@code KB}, {@code MB}, {@code GB} and {@code TB} mean the same powers of 1024. {@code 0} needs no unit.
 *
 * @param bytes the number, not negative
 */
public record ByteSize(long bytes) {
    private static final Pattern FORMAT = Pattern.compile("([0-9]+)([KMGT]i?)?B", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size: " + bytes + " (expected: >= 0)");
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is not of the form above, or too large
     */
    public static ByteSize parse(String text) {
        if (text.strip().equals("0")) {
            return new ByteSize(0);
        }
        Matcher matcher = FORMAT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a size such as 64KiB, 4MiB, 1GiB)");
        }
        String unit = matcher.group(2);
        int power =
                unit == null ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT).charAt(0)) + 1;
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' (expected: below 8 EiB)", e);
        }
    }

    /** The size in the largest unit that divides it. */
    @Override
    public String toString() {
        int power = 0;
        long value = bytes;
        while (value != 0 && value % 1024 == 0 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        return power == 0 ? value + "B" : value + UNITS.substring(power - 1, power) + "iB";
    }
}
