package dev.millrace.core.json;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/** JSON for people: one key or item to a line, indented by two spaces for each level; lists of plain values in a line. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** The text of a map, list, string, number or boolean, with a line's end behind it. */
    public static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value, "\n");
        return json.text.append('\n').toString();
    }

    private void value(Object value, String margin) {
        if (value instanceof Map<?, ?> map) {
            String inner = margin + "  ";
            items('{', map.entrySet(), inner, margin + "}", entry -> {
                JsonObject.string(text, (String) entry.getKey());
                text.append(": ");
                value(entry.getValue(), inner);
            });
        } else if (value instanceof Collection<?> list && list.stream().anyMatch(item -> item instanceof Map)) {
            String inner = margin + "  ";
            items('[', list, inner, margin + "]", item -> value(item, inner));
        } else if (value instanceof Collection<?> list) {
            items('[', list, " ", " ]", item -> value(item, margin));
        } else if (value instanceof String string) {
            JsonObject.string(text, string);
        } else {
            text.append(value);
        }
    }

    private <T> void items(char begin, Collection<T> items, String margin, String end, Consumer<T> write) {
        text.append(begin);
        for (Iterator<T> rest = items.iterator(); rest.hasNext(); ) {
            text.append(margin);
            write.accept(rest.next());
            text.append(rest.hasNext() ? "," : "");
        }
        text.append(items.isEmpty() ? end.strip() : end);
    }
}
