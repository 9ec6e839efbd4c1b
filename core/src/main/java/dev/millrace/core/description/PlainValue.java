package dev.millrace.core.description;

import dev.millrace.core.config.Node;
import dev.millrace.core.config.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value of a file as plain objects: maps, lists, texts, and where the option's type is one of them numbers and truth. */
final class PlainValue {
    private PlainValue() {}

    /** Null for nothing, also at a key without a value. */
    static @Nullable Object of(@Nullable Node node, ValueType type) {
        if (node instanceof Node.Scalar scalar) {
            if (type instanceof ValueType.Flag
                    || type instanceof ValueType.Whole
                    || type instanceof ValueType.Decimal) {
                return ((ValueType.Scalar) type).parse(scalar.text());
            }
            return scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            ValueType item = type instanceof ValueType.ListOf list ? list.item() : type;
            return sequence.items().stream()
                    .map(part -> of(part, item))
                    .filter(Objects::nonNull)
                    .toList();
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Node.Entry entry : mapping.entries()) {
                Object value = of(entry.value(), type);
                if (value != null) {
                    values.put(entry.key(), value);
                }
            }
            return values;
        }
        return null;
    }
}
