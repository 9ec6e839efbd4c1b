package dev.millrace.plugin.lib.prometheus.relabel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millrace.spi.config.InvalidOptionException;

/** An RE2 expression that is looked for anywhere in a text; it takes linear time. Thread-safe. */
public final class SearchRegex {
    private final Pattern pattern;

    /** An expression that {@link #check} has let pass. */
    public SearchRegex(String regex) {
        pattern = Pattern.compile(regex);
    }

    /**
     * Checks an option.
     *
     * @param component the record component that holds the expression
     * @throws InvalidOptionException if it is not an RE2 expression
     */
    public static void check(String component, String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new InvalidOptionException(
                    component, "'" + regex + "': " + e.getDescription() + " (expected: an RE2 expression)");
        }
    }

    /** Whether the expression occurs in a text. */
    public boolean occursIn(String text) {
        return pattern.matcher(text).find();
    }
}
