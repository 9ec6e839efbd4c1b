package dev.millrace.core.description;

import dev.millrace.core.config.TextForms;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The definitions of a schema, each made when it is first referred to. Not thread-safe. */
final class Definitions {
    /** A text in which a variable or the content of a file is put in, in the place of any value. */
    static final String REPLACED = "replaced";

    private final Map<String, Object> definitions = new LinkedHashMap<>();
    private final Map<Object, String> names = new HashMap<>();

    Definitions() {
        definitions.put(
                REPLACED,
                Keywords.string(TextForms.REPLACED)
                        .described("A text with ${env:NAME}, ${env:NAME:-default} or ${file:path} in it."));
    }

    /** A reference to the definition of a thing, which gets a name like the one that is proposed. */
    Keywords ref(Object thing, String proposed, Supplier<Keywords> definition) {
        String known = names.get(thing);
        if (known != null) {
            return Keywords.ref(known);
        }
        String name = proposed;
        for (int other = 2; definitions.containsKey(name); other++) {
            name = proposed + other;
        }
        names.put(thing, name);
        definitions.put(name, Map.of()); // keeps the place while those inside of it are made
        definitions.put(name, definition.get());
        return Keywords.ref(name);
    }

    Map<String, Object> all() {
        return definitions;
    }
}
