package dev.millrace.plugin.discovery.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects that one group of targets is made of, as they are looked up while it is made. Where each of them is the same
 * object later, so is the group. Not thread-safe.
 */
final class Parts {
    /** All objects that are known. */
    interface Source {
        /** The object of that kind and key; null where there is none. */
        @Nullable
        ClusterObject find(Resource kind, String key);
    }

    private final Source source;
    private final Map<Part, Optional<ClusterObject>> used = new LinkedHashMap<>();

    Parts(Source source) {
        this.source = source;
    }

    private record Part(Resource kind, String key) {}

    /** The object that a kind has under a key. */
    <T extends ClusterObject> Optional<T> find(Resource kind, Class<T> type, String key) {
        return used.computeIfAbsent(
                        new Part(kind, key), part -> Optional.ofNullable(source.find(part.kind(), part.key())))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Whether all of them are what they were. */
    @SuppressWarnings("ReferenceEquality") // who changes an object makes another one
    boolean areUnchanged() {
        return used.entrySet().stream()
                .allMatch(entry ->
                        source.find(entry.getKey().kind(), entry.getKey().key())
                                == entry.getValue().orElse(null));
    }
}
