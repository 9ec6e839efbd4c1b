package dev.millrace.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option: a component of a record of options.
 *
 * @param component the name of the record component
 * @param key the key in the file
 * @param aliases other keys with the same meaning
 * @param type the type of the value
 * @param inline whether the keys of its record stand beside this record's
 * @param required whether the key must be given
 * @param standard the value if the key is not given; null if there is no {@code @Default}
 * @param doc what it does; empty if nothing says so
 * @param example a value, as it would stand in the file; empty if none is given
 */
public record Option(
        String component,
        String key,
        List<String> aliases,
        ValueType type,
        boolean inline,
        boolean required,
        @Nullable Node standard,
        String doc,
        String example) {
    public Option {
        aliases = List.copyOf(aliases);
    }

    /** Whether its value has any effect. */
    public boolean effective() {
        return !(type instanceof ValueType.Anything);
    }
}
