package dev.millrace.core.message;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message: what is wrong, and what to do about it, with placeholders such as {@code {key}}.
 *
 * @param text both, as one line
 */
public record Template(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

    /**
     * A form of two parts. A remedy that begins with {@code expected} comes in parentheses, as in {@code 0s (expected: a
     * duration above 0s)}, any other behind a semicolon.
     *
     * @param remedy may be a placeholder, for a remedy that depends on the case; its text is then made by {@link #remedy}
     */
    public static Template of(String problem, String remedy) {
        return new Template(problem + (remedy.startsWith("{") ? remedy : remedy(remedy)));
    }

    /** A remedy as it stands behind a problem. */
    public static String remedy(String remedy) {
        return remedy.startsWith("expected") ? " (" + remedy + ")" : "; " + remedy;
    }

    /** The text with the arguments in the place of the placeholders, one for each name, by first appearance. */
    String fill(@Nullable Object... arguments) {
        List<String> names = PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        if (names.size() != arguments.length) {
            throw new IllegalArgumentException(
                    arguments.length + " arguments (expected: " + names.size() + ") for: " + text);
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(arguments[names.indexOf(found.group())])));
    }
}
