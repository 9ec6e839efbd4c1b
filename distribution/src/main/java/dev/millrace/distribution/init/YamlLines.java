package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes YAML for people, and keeps for each line where its content comes from. One value stands in one line, so that a
 * problem at a line is a problem of that value. Not thread-safe.
 */
final class YamlLines {
    private static final int WIDTH = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*|[0-9]+[A-Za-z]*|[0-9]+\\.[0-9]+");
    private static final Pattern SPECIAL = Pattern.compile("(?i)null|yes|no|on|off|y|n");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\x85\\u2028\\u2029\\uFEFF]");

    private final List<String> lines = new ArrayList<>();
    private final List<@Nullable Origin> origins = new ArrayList<>();

    /**
     * Where the content of a line comes from.
     *
     * @param part the part that it belongs to
     * @param node what stands there
     * @param path its place in the structure of Prometheus' file, below the part
     */
    record Origin(Part part, Node node, String path) {}

    /** Adds a line as it is. */
    void line(String text) {
        add(text, null);
    }

    /** Adds a part as an entry of a list. */
    void item(Part part, int indent) {
        mapping(part.content(), indent, true, new Origin(part, part.content(), ""));
    }

    /** Where the content of a line comes from, counted from 1; empty for a line that belongs to no part. */
    Optional<Origin> origin(int line) {
        return line < 1 || line > origins.size() ? Optional.empty() : Optional.ofNullable(origins.get(line - 1));
    }

    /** All lines, with an end of line each. */
    String text() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void add(String text, @Nullable Origin origin) {
        lines.add(text);
        origins.add(origin);
    }

    private void mapping(Node.Mapping mapping, int indent, boolean inList, Origin origin) {
        String before = inList ? " ".repeat(indent) + "- " : " ".repeat(indent);
        int inner = inList ? indent + 2 : indent;
        if (mapping.entries().isEmpty()) {
            add(before + "{}", origin);
        }
        for (Node.Entry entry : mapping.entries()) {
            String path = origin.path() + "." + entry.key();
            value(
                    before + text(entry.key()) + ":",
                    entry.value(),
                    inner,
                    new Origin(origin.part(), entry.value(), path));
            before = " ".repeat(inner);
        }
    }

    private void value(String key, Node value, int indent, Origin origin) {
        if (value instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
            add(key, origin);
            mapping(mapping, indent + 2, false, origin);
            return;
        }
        if (value instanceof Node.Sequence sequence && !sequence.items().isEmpty()) {
            sequence(key, sequence, indent, origin);
            return;
        }
        add(key + " " + empty(value), origin);
    }

    private void sequence(String key, Node.Sequence sequence, int indent, Origin origin) {
        boolean plain = sequence.items().stream().allMatch(item -> item instanceof Node.Scalar);
        if (plain) {
            String flow = sequence.items().stream().map(YamlLines::empty).collect(Collectors.joining(", ", "[", "]"));
            if (key.length() + 1 + flow.length() <= WIDTH) {
                add(key + " " + flow, origin);
                return;
            }
        }
        add(key, origin);
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            Origin place = new Origin(origin.part(), item, origin.path() + "[" + i + "]");
            if (item instanceof Node.Mapping mapping) {
                mapping(mapping, indent + 2, true, place);
            } else {
                value(" ".repeat(indent + 2) + "-", item, indent + 2, place);
            }
        }
    }

    private static String empty(Node value) {
        if (value instanceof Node.Scalar scalar) {
            return text(scalar.text());
        }
        return value instanceof Node.Sequence ? "[]" : value instanceof Node.Mapping ? "{}" : "''";
    }

    /** A text as YAML, in quotes where it needs them. */
    static String text(String text) {
        if (PLAIN.matcher(text).matches() && !SPECIAL.matcher(text).matches()) {
            return text;
        }
        return UNPRINTABLE.matcher(text).find() ? escaped(text) : "'" + text.replace("'", "''") + "'";
    }

    private static String escaped(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append(character);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (UNPRINTABLE.matcher(String.valueOf(character)).matches()) {
                        quoted.append(String.format("\\u%04x", (int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
