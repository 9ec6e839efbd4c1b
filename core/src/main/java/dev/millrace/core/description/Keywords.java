package dev.millrace.core.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a JSON Schema that is being written: its keywords, in the order in which they are added. */
final class Keywords extends LinkedHashMap<String, Object> {
    /** Adds a keyword. */
    Keywords with(String keyword, Object value) {
        put(keyword, value);
        return this;
    }

    /** Adds the keywords of another one. */
    Keywords and(Keywords other) {
        putAll(other);
        return this;
    }

    /** Says what the value is, where there is anything to say. */
    Keywords described(String text) {
        return text.isEmpty() ? this : with("description", text);
    }

    static Keywords type(String type) {
        return new Keywords().with("type", type);
    }

    /** A string of which the whole matches. */
    static Keywords string(String form) {
        return type("string").with("pattern", "^(?:" + form + ")$");
    }

    static Keywords ref(String definition) {
        return new Keywords().with("$ref", "#/$defs/" + definition);
    }

    static Keywords anyOf(Keywords... alternatives) {
        return new Keywords().with("anyOf", List.of(alternatives));
    }

    static Keywords not(Keywords other) {
        return new Keywords().with("not", other);
    }

    /** An object that has these keys. */
    static Keywords having(List<String> keys) {
        return new Keywords().with("required", keys);
    }

    /** A condition on the value of one key, which has to be there. */
    static Keywords where(String key, Keywords value) {
        return having(List.of(key)).with("properties", Map.of(key, value));
    }
}
