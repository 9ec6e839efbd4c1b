package dev.millrace.core.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What components show of themselves, by name. Thread-safe. */
public final class ShownDocuments {
    private final Map<Key, Supplier<Map<String, Object>>> documents = new ConcurrentHashMap<>();

    /** No component shows anything. */
    public ShownDocuments() {}

    private record Key(String name, String pipeline, String component) {}

    /**
     * Shows a document of a component, in the place of what its predecessor shows.
     *
     * @return ends it
     */
    public AutoCloseable add(String name, String pipeline, String component, Supplier<Map<String, Object>> document) {
        Key key = new Key(name, pipeline, component);
        documents.put(key, document);
        return () -> documents.remove(key, document);
    }

    /** What the components of a pipeline, or of all, show under a name; empty where none shows anything. */
    public Optional<Map<String, Object>> of(String name, Optional<String> pipeline) {
        return documents.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name)
                        && pipeline.map(entry.getKey().pipeline()::equals).orElse(true))
                .sorted(Comparator.comparing(entry ->
                        entry.getKey().pipeline() + "/" + entry.getKey().component()))
                .map(entry -> entry.getValue().get())
                .reduce(ShownDocuments::merged);
    }

    private static Map<String, Object> merged(Map<?, ?> one, Map<?, ?> other) {
        Map<String, Object> all = new LinkedHashMap<>();
        one.forEach((key, value) -> all.put((String) key, value));
        other.forEach((key, value) -> all.merge((String) key, value, ShownDocuments::both));
        return all;
    }

    private static Object both(Object one, Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> more) {
            return merged(map, more);
        }
        if (one instanceof List<?> list && other instanceof List<?> more) {
            List<Object> all = new ArrayList<>(list);
            all.addAll(more);
            return all;
        }
        if (one instanceof Number number && other instanceof Number more) {
            return number.longValue() + more.longValue();
        }
        return other;
    }
}
