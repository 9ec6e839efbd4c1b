package dev.millrace.core.plugin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions in the syntax of OSGi: {@code [0.1,0.2)} has the first and not the last, {@code (0.1,0.2]} the
 * last and not the first, and {@code 0.1} alone is 0.1 and everything above it.
 */
public final class VersionRange {
    private static final Pattern FORMAT = Pattern.compile("([\\[(])\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*([])])");

    private final String text;
    private final Version floor;
    private final boolean floorIncluded;
    private final @Nullable Version ceiling;
    private final boolean ceilingIncluded;

    private VersionRange(
            String text, Version floor, boolean floorIncluded, @Nullable Version ceiling, boolean ceilingIncluded) {
        this.text = text;
        this.floor = floor;
        this.floorIncluded = floorIncluded;
        this.ceiling = ceiling;
        this.ceilingIncluded = ceilingIncluded;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if the text is neither a range nor a version, or no version is in the range
     */
    static VersionRange parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return atLeast(text);
        }
        Version floor = Version.parse(matcher.group(2));
        Version ceiling = Version.parse(matcher.group(3));
        boolean floorIncluded = matcher.group(1).equals("[");
        boolean ceilingIncluded = matcher.group(4).equals("]");
        int order = floor.compareTo(ceiling);
        if (order > 0 || (order == 0 && !(floorIncluded && ceilingIncluded))) {
            throw new IllegalArgumentException("'" + text + "' (expected: a range with a version in it)");
        }
        return new VersionRange(text, floor, floorIncluded, ceiling, ceilingIncluded);
    }

    private static VersionRange atLeast(String text) {
        try {
            return new VersionRange(text, Version.parse(text), true, null, false);
        } catch (IllegalArgumentException notAVersion) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a range of versions such as [0.1,0.2))", notAVersion);
        }
    }

    /** Whether the version lies in this range. */
    public boolean contains(Version version) {
        return !isAbove(version) && !isBelow(version);
    }

    /** Whether all versions of this range are newer than the given one. */
    boolean isAbove(Version version) {
        int order = version.compareTo(floor);
        return order < 0 || (order == 0 && !floorIncluded);
    }

    private boolean isBelow(Version version) {
        if (ceiling == null) {
            return false;
        }
        int order = version.compareTo(ceiling);
        return order > 0 || (order == 0 && !ceilingIncluded);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionRange that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The range as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
