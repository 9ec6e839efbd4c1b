package dev.millrace.spi.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The short form of YAML in which a {@link dev.millrace.spi.config.Default} is written: a plain or quoted text,
 * {@code [a, b]}, <code>{Key: value}</code>. Values are texts, lists and maps.
 */
final class FlowText {
    private final String text;
    private int position;

    private FlowText(String text) {
        this.text = text;
    }

    /** Reads a value; throws {@link IllegalArgumentException} where it is of another form. */
    static Object parse(String text) {
        FlowText flow = new FlowText(text.strip());
        Object value = flow.value("");
        if (flow.position < flow.text.length()) {
            throw flow.unexpected();
        }
        return value;
    }

    private Object value(String ends) {
        skipSpaces();
        if (position == text.length()) {
            return "";
        }
        return switch (text.charAt(position)) {
            case '[' -> list();
            case '{' -> map();
            case '\'', '"' -> quoted();
            default -> plain(ends);
        };
    }

    private List<Object> list() {
        List<Object> items = new ArrayList<>();
        position++;
        while (!closes(']')) {
            items.add(value(",]"));
            separator(']');
        }
        return items;
    }

    private Map<String, Object> map() {
        Map<String, Object> entries = new LinkedHashMap<>();
        position++;
        while (!closes('}')) {
            String key = String.valueOf(value(":"));
            if (position == text.length() || text.charAt(position) != ':') {
                throw unexpected();
            }
            position++;
            entries.put(key, value(",}"));
            separator('}');
        }
        return entries;
    }

    private boolean closes(char end) {
        skipSpaces();
        if (position == text.length()) {
            throw unexpected();
        }
        boolean closes = text.charAt(position) == end;
        position += closes ? 1 : 0;
        return closes;
    }

    private void separator(char end) {
        skipSpaces();
        if (position < text.length() && text.charAt(position) == ',') {
            position++;
        } else if (position == text.length() || text.charAt(position) != end) {
            throw unexpected();
        }
    }

    private String quoted() {
        char quote = text.charAt(position++);
        int end = text.indexOf(quote, position);
        if (end < 0) {
            throw unexpected();
        }
        String content = text.substring(position, end);
        position = end + 1;
        return content;
    }

    private String plain(String ends) {
        int begin = position;
        while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(begin, position).strip();
    }

    private void skipSpaces() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("'" + text + "' (expected: a text, [a, b] or {Key: value})");
    }
}
