package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The text of a value: a text as it is, bytes as UTF-8, what is nested as JSON. */
final class ValueText {
    private ValueText() {}

    static String of(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Bytes bytes) {
            return StandardCharsets.UTF_8.decode(bytes.value().duplicate()).toString();
        }
        StringBuilder json = new StringBuilder();
        json(json, value);
        return json.toString();
    }

    /** Appends an object whose values are strings. */
    static void object(StringBuilder json, Map<String, String> values) {
        String separator = "{";
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.append(separator);
            string(json, entry.getKey());
            json.append(':');
            string(json, entry.getValue());
            separator = ",";
        }
        json.append(values.isEmpty() ? "{}" : "}");
    }

    private static void json(StringBuilder json, Value value) {
        if (value instanceof Value.Bool bool) {
            json.append(bool.value());
        } else if (value instanceof Value.Int number) {
            json.append(number.value());
        } else if (value instanceof Value.Real number) {
            real(json, Double.longBitsToDouble(number.bits()));
        } else if (value instanceof Value.Array array) {
            String separator = "[";
            for (Value item : array.values()) {
                json.append(separator);
                json(json, item);
                separator = ",";
            }
            json.append(array.values().isEmpty() ? "[]" : "]");
        } else if (value instanceof Value.Mapping mapping) {
            String separator = "{";
            for (Map.Entry<String, Value> entry : new TreeMap<>(mapping.values()).entrySet()) {
                json.append(separator);
                string(json, entry.getKey());
                json.append(':');
                json(json, entry.getValue());
                separator = ",";
            }
            json.append(mapping.values().isEmpty() ? "{}" : "}");
        } else {
            string(json, of(value));
        }
    }

    /* JSON has no numbers that are none or without end. */
    private static void real(StringBuilder json, double value) {
        if (Double.isFinite(value)) {
            json.append(value);
        } else {
            string(json, Double.toString(value));
        }
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
