package dev.millrace.core.matching;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a condition as it is written, without quotes. */
record MatcherText(String name, String operator, String value) {
    static final String QUOTED = "\"(?:[^\"\\\\]|\\\\[\"\\\\n])*+\"";
    private static final Pattern FORM =
            Pattern.compile("\\s*(" + QUOTED + "|[^\\s\"=!~]++)\\s*(=~|!~|!=|=)\\s*(" + QUOTED + "|[^\\s\"=!~]*+)\\s*");

    /** @throws IllegalArgumentException if it is no condition */
    static MatcherText parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || plain(matcher.group(1)).isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' (expected: a condition such as job=\"node\", job!=\"node\", job=~\"node|db\" or job!~\"node|db\")");
        }
        return new MatcherText(plain(matcher.group(1)), matcher.group(2), plain(matcher.group(3)));
    }

    static String plain(String part) {
        if (!part.startsWith("\"")) {
            return part;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < part.length() - 1; i++) {
            char character = part.charAt(i);
            if (character == '\\') {
                i++;
                character = part.charAt(i) == 'n' ? '\n' : part.charAt(i);
            }
            plain.append(character);
        }
        return plain.toString();
    }
}
