package dev.millrace.core.plugin;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a plugin or of the SPI: up to three numbers, {@code 0.1.0}. A part that is not written is 0.
 *
 * @param major the first number
 * @param minor the second number
 * @param micro the third number
 */
public record Version(int major, int minor, int micro) implements Comparable<Version> {
    private static final Pattern FORMAT = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::micro);

    /**
     * Reads a version.
     *
     * @throws IllegalArgumentException if the text is anything but up to three numbers with dots between them
     */
    static Version parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: up to three numbers such as 0.1.0, without a suffix)");
        }
        return new Version(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
