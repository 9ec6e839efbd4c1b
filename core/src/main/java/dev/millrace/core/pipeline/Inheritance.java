package dev.millrace.core.pipeline;

import dev.millrace.spi.ComponentId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the components of one generation of a pipeline leave to those of the next, by identity. Each thing is taken once;
 * what nobody took is forgotten when the change is complete. Thread-safe.
 */
final class Inheritance {
    private final Map<ComponentId, Object> left = new ConcurrentHashMap<>();

    void leave(ComponentId component, Object state) {
        left.put(component, state);
    }

    /** Takes what a component left, where it is of a type: another generation of a plugin has other types. */
    <T> Optional<T> take(ComponentId component, Class<T> type) {
        return Optional.ofNullable(left.remove(component))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Forgets what nobody took, but for that of components that run on. */
    void forgetAllBut(Set<ComponentId> kept) {
        left.keySet().retainAll(kept);
    }
}
