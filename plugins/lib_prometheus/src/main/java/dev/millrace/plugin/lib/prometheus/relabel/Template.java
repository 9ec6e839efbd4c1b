package dev.millrace.plugin.lib.prometheus.relabel;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelRegex.Groups;
import java.util.ArrayList;
import java.util.List;

/**
 * Text with references to groups, as Go's {@code Regexp.Expand} reads it.
 *
 * <p>{@code $name} takes the longest run of letters, digits and underscores, so that {@code $1x} is the group named
 * {@code 1x}; <code>${name}</code> ends where it says. {@code $$} is a dollar. A group that does not exist, or took no
 * part, is empty. A dollar before anything else stands for itself. Immutable.
 */
final class Template {
    private static final int LARGEST_GROUP = 100_000_000;

    private final List<Part> parts = new ArrayList<>();

    Template(String text) {
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.charAt(at) == '$' ? referenceEnd(text, at + 1) : -1;
            if (end > 0) {
                add(literal);
                parts.add(reference(text, at + 1, end));
                at = end;
                continue;
            }
            literal.append(text.charAt(at));
            at += text.startsWith("$$", at) ? 2 : 1;
        }
        add(literal);
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Numbered(int group) implements Part {}

        record Named(String group) implements Part {}
    }

    /** Whether the text has a dollar that could refer to a group. */
    static boolean refers(String text) {
        return text.indexOf('$') >= 0;
    }

    /** The text with what groups matched. */
    String expand(Groups groups) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Part.Numbered numbered) {
                text.append(groups.get(numbered.group()));
            } else if (part instanceof Part.Named named) {
                text.append(groups.get(named.group()));
            }
        }
        return text.toString();
    }

    private void add(StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /* The offset behind the reference whose dollar stands before `from`, or -1. */
    private static int referenceEnd(String text, int from) {
        boolean braces = text.startsWith("{", from);
        int start = braces ? from + 1 : from;
        int end = start;
        while (end < text.length() && partOfName(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        if (end == start || braces && !text.startsWith("}", end)) {
            return -1;
        }
        return braces ? end + 1 : end;
    }

    private static boolean partOfName(int codePoint) {
        return codePoint == '_' || Character.isLetter(codePoint) || Character.isDigit(codePoint);
    }

    private static Part reference(String text, int from, int to) {
        boolean braces = text.charAt(from) == '{';
        String name = braces ? text.substring(from + 1, to - 1) : text.substring(from, to);
        int number = number(name);
        return number < 0 ? new Part.Named(name) : new Part.Numbered(number);
    }

    /* A number has no leading zeros and is not huge; otherwise it is a name. */
    private static int number(String name) {
        if (name.length() > 1 && name.charAt(0) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9' || number >= LARGEST_GROUP) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
