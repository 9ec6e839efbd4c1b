package dev.millrace.core.journal;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed state of each component that has one. Thread-safe; the arrays are changed by nobody. */
final class States {
    private final Object lock = new Object();
    private final NavigableMap<String, byte[]> states = new TreeMap<>();

    States(Map<String, byte[]> recovered) {
        commit(recovered);
    }

    /** Takes over what was committed; an empty state is none. */
    void commit(Map<String, byte[]> changed) {
        synchronized (lock) {
            changed.forEach((component, state) -> {
                if (state.length == 0) {
                    states.remove(component);
                } else {
                    states.put(component, state);
                }
            });
        }
    }

    Optional<byte[]> get(String component) {
        synchronized (lock) {
            byte @Nullable [] state = states.get(component);
            return Optional.ofNullable(state);
        }
    }

    /** All of them, by component. */
    NavigableMap<String, byte[]> all() {
        synchronized (lock) {
            return new TreeMap<>(states);
        }
    }
}
