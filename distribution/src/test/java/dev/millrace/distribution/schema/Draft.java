package dev.millrace.distribution.schema;

import dev.millrace.core.config.Option;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A configuration file that is being made, with the places where it can be spoilt. */
final class Draft {
    /** The file. */
    final Map<String, Object> root = new LinkedHashMap<>();

    /** Where values stand whose types are known. */
    final List<Place> places = new ArrayList<>();

    /** The mappings that have known keys only. */
    final List<Map<String, Object>> closed = new ArrayList<>();

    /** The mappings of references to components that are not declared, and of their options. */
    final Set<Object> references = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The options that it has, each named by its record and key. */
    final Set<String> options = new TreeSet<>();

    /** What an option is called here: the record and the key. */
    static String name(OptionsType<?> type, Option option) {
        return type.record().getSimpleName() + "." + option.key();
    }

    /** Whether what is left without a key may mean a declared component, which only the binder knows to be absent. */
    boolean wouldRefer(Place place) {
        return references.contains(place.container())
                && ((Map<?, ?>) place.container())
                        .keySet().stream().allMatch(key -> key.equals("Type") || key.equals(place.key()))
                && !place.key().equals("Type");
    }

    /**
     * Where a value stands.
     *
     * @param container the mapping or list
     * @param key the key in the mapping, or the position in the list
     * @param type the type of the value, null for the {@code Type} of a component
     * @param required whether a mapping without the key is wrong
     */
    record Place(Object container, Object key, ValueType type, boolean required) {
        @SuppressWarnings("unchecked")
        void set(Object value) {
            if (container instanceof Map<?, ?>) {
                ((Map<String, Object>) container).put((String) key, value);
            } else {
                ((List<Object>) container).set((Integer) key, value);
            }
        }

        void remove() {
            ((Map<?, ?>) container).remove(key);
        }
    }
}
