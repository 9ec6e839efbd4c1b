package dev.millrace.plugin.lib.prometheus.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An RE2 expression that matches a whole text or not at all; its dot matches newlines too. Thread-safe. */
final class RelabelRegex {
    private final Pattern pattern;

    RelabelRegex(String regex) {
        pattern = compile(regex);
    }

    static void check(String regex) {
        compile(regex);
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            throw new InvalidOptionException(
                    "regex", "'" + regex + "': " + e.getDescription() + " (expected: an RE2 expression)");
        }
    }

    boolean matches(String text) {
        return pattern.matcher(text).find();
    }

    /** The groups of a match, or null where there is none. */
    @Nullable
    Groups match(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? new Groups(matcher, pattern.namedGroups()) : null;
    }

    /** What groups matched. */
    record Groups(Matcher matcher, Map<String, Integer> names) {
        /** What a group matched; empty where there is no such group or it took no part. */
        String get(int group) {
            String text = group <= matcher.groupCount() ? matcher.group(group) : null;
            return text == null ? "" : text;
        }

        /** What a named group matched; empty where there is no such group or it took no part. */
        String get(String name) {
            Integer group = names.get(name);
            return group == null ? "" : get(group);
        }
    }
}
