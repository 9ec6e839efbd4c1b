package dev.millrace.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes the effective configuration as YAML, with a comment behind each value that says where it comes from. */
public final class EffectiveYaml {
    private static final int LAST_COLUMN = 60;

    /** Texts that mean the same without quotes, in which nothing else can be meant by them. */
    private static final Pattern PLAIN = Pattern.compile("(?!null$|Null$|NULL$)[A-Za-z0-9_./][A-Za-z0-9_./+@%-]*"
            + "(:[A-Za-z0-9_./+@%-]+)*(://[A-Za-z0-9_./+@%:-]*[A-Za-z0-9_./+@%-])?");

    private static final Pattern LINE =
            Pattern.compile("[\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd]*");

    private final boolean defaults;
    private final Function<Effective.Value, String> shown;
    private final List<Line> lines = new ArrayList<>();

    /** A line, and what is to be said of it. */
    private record Line(String text, String comment) {}

    private EffectiveYaml(boolean defaults, Function<Effective.Value, String> shown) {
        this.defaults = defaults;
        this.shown = shown;
    }

    /**
     * The text of a file that would have the same effect, but for secrets, which are redacted.
     *
     * @param defaults whether values that nobody wrote are among them
     */
    public static String of(Effective.Mapping mapping, boolean defaults) {
        return of(mapping, defaults, Effective.Value::shown);
    }

    static String of(Effective.Mapping mapping, boolean defaults, Function<Effective.Value, String> shown) {
        EffectiveYaml yaml = new EffectiveYaml(defaults, shown);
        yaml.mapping(mapping, "", "");
        int column = yaml.lines.stream()
                .mapToInt(line -> line.text().length())
                .filter(length -> length <= LAST_COLUMN)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Line line : yaml.lines) {
            text.append(line.text());
            if (!line.comment().isEmpty()) {
                text.append(" ".repeat(Math.max(0, column - line.text().length()) + 2))
                        .append("# ")
                        .append(line.comment());
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void mapping(Effective.Mapping mapping, String first, String indent) {
        String before = first;
        for (Map.Entry<String, Effective> entry : mapping.values().entrySet()) {
            if (defaults || isWritten(entry.getValue())) {
                value(before + scalar(entry.getKey()) + ":", entry.getValue(), indent);
                before = indent;
            }
        }
    }

    private void value(String head, Effective value, String indent) {
        String comment = value.origin().toString();
        if (value instanceof Effective.Value single) {
            lines.add(new Line(head + " " + scalar(shown.apply(single)), comment));
        } else if (value instanceof Effective.Items list && !list.items().isEmpty()) {
            lines.add(new Line(head, ""));
            list.items().forEach(item -> item(item, indent + "  "));
        } else if (value instanceof Effective.Mapping mapping && !isEmpty(mapping)) {
            lines.add(new Line(head, ""));
            mapping(mapping, indent + "  ", indent + "  ");
        } else {
            lines.add(new Line(head + (value instanceof Effective.Items ? " []" : " {}"), comment));
        }
    }

    private void item(Effective item, String indent) {
        if (item instanceof Effective.Mapping mapping && !isEmpty(mapping)) {
            mapping(mapping, indent + "- ", indent + "  ");
        } else {
            value(indent + "-", item, indent);
        }
    }

    private boolean isEmpty(Effective.Mapping mapping) {
        return mapping.values().values().stream().noneMatch(value -> defaults || isWritten(value));
    }

    private static boolean isWritten(Effective value) {
        return !value.origin().isDefault();
    }

    /** A text as YAML has it. */
    static String scalar(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (LINE.matcher(text).matches()) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c >= ' ' && c <= '~') {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format("\\U%08x", c));
            }
        });
        return quoted.append('"').toString();
    }
}
