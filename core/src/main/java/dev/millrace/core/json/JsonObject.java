package dev.millrace.core.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being written, field after field (RFC 8259). Not thread-safe. */
public final class JsonObject {
    private static final int DECIMALS = 3;

    private final StringBuilder text;
    private boolean any;

    private JsonObject(StringBuilder text) {
        this.text = text;
    }

    /** Appends an object with the given fields to a text. */
    public static void append(StringBuilder text, Consumer<JsonObject> fields) {
        text.append('{');
        fields.accept(new JsonObject(text));
        text.append('}');
    }

    /** A field with a string, or {@code null}. */
    public JsonObject field(String key, @Nullable String value) {
        key(key);
        if (value == null) {
            text.append("null");
        } else {
            string(value);
        }
        return this;
    }

    /** A field with an integer. */
    public JsonObject field(String key, long value) {
        key(key).append(value);
        return this;
    }

    /** A field with a boolean. */
    public JsonObject field(String key, boolean value) {
        key(key).append(value);
        return this;
    }

    /** A field with an integer, or {@code null}. */
    public JsonObject field(String key, OptionalLong value) {
        return value.isPresent() ? field(key, value.getAsLong()) : nothing(key);
    }

    /** A field with a finite number, rounded to thousandths, or {@code null}. */
    public JsonObject field(String key, OptionalDouble value) {
        if (value.isEmpty()) {
            return nothing(key);
        }
        BigDecimal rounded = BigDecimal.valueOf(value.getAsDouble()).setScale(DECIMALS, RoundingMode.HALF_UP);
        key(key).append(rounded.stripTrailingZeros().toPlainString());
        return this;
    }

    /** A field that is {@code null}. */
    public JsonObject nothing(String key) {
        return field(key, (String) null);
    }

    /** A field with an object. */
    public JsonObject object(String key, Consumer<JsonObject> fields) {
        key(key);
        append(text, fields);
        return this;
    }

    /** A field with an object that has an integer for each entry of a map. */
    public JsonObject counts(String key, Map<String, Long> counts) {
        return object(key, object -> counts.forEach(object::field));
    }

    /** A field with an array of objects, one for each item. */
    public <T> JsonObject objects(String key, Collection<T> items, BiConsumer<JsonObject, T> fields) {
        return array(key, items, item -> append(text, object -> fields.accept(object, item)));
    }

    /** A field with an array of strings. */
    public JsonObject strings(String key, Collection<String> items) {
        return array(key, items, this::string);
    }

    private <T> JsonObject array(String key, Collection<T> items, Consumer<T> write) {
        key(key).append('[');
        boolean first = true;
        for (T item : items) {
            if (!first) {
                text.append(',');
            }
            first = false;
            write.accept(item);
        }
        text.append(']');
        return this;
    }

    private StringBuilder key(String key) {
        if (any) {
            text.append(',');
        }
        any = true;
        string(key);
        return text.append(':');
    }

    private void string(String value) {
        string(text, value);
    }

    /** Appends a string to a text. */
    static void string(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
