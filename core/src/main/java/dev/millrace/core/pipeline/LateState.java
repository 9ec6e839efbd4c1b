package dev.millrace.core.pipeline;

import dev.millrace.spi.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a component as one generation of it sees it, there when its pipeline has its journal. What a generation has
 * set goes with an output of its own, never with one of its successor. Thread-safe.
 */
final class LateState implements State {
    private static final String WHOLE = "";

    private final String component;
    private final Object lock = new Object();
    private volatile @Nullable KeptState kept;
    private final Map<String, byte[]> next = new LinkedHashMap<>();

    LateState(String component) {
        this.component = component;
    }

    void comeFrom(KeptState source) {
        kept = source;
    }

    @Override
    public Optional<byte[]> get() {
        return get(WHOLE);
    }

    @Override
    public void set(byte[] state) {
        set(WHOLE, state);
    }

    @Override
    public State part(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("part of the state of " + component + ": '' (expected: a name)");
        }
        return new Part(name);
    }

    @Override
    public Set<String> parts() {
        KeptState source = kept();
        synchronized (lock) {
            Set<String> names = new TreeSet<>(source.parts());
            next.forEach((name, bytes) -> {
                if (!name.equals(WHOLE) && bytes.length > 0) {
                    names.add(name);
                } else {
                    names.remove(name);
                }
            });
            return names;
        }
    }

    /** Takes the changes that belong to the output that is handed on now. */
    List<StateChange> take() {
        KeptState source = kept;
        synchronized (lock) {
            if (source == null || next.isEmpty()) {
                return List.of();
            }
            List<StateChange> changes = new ArrayList<>(next.size());
            next.forEach((name, bytes) -> changes.add(source.begin(name, bytes)));
            next.clear();
            return changes;
        }
    }

    private Optional<byte[]> get(String part) {
        KeptState source = kept();
        synchronized (lock) {
            byte[] own = next.get(part);
            return (own == null ? source.get(part) : Optional.of(own).filter(bytes -> bytes.length > 0))
                    .map(byte[]::clone);
        }
    }

    private void set(String part, byte[] state) {
        kept();
        if (state.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "state of " + component + ": " + state.length + " bytes (expected: <= " + MAX_BYTES + ")");
        }
        synchronized (lock) {
            next.put(part, state.clone());
        }
    }

    /** A part of it. */
    private final class Part implements State {
        private final String name;

        Part(String name) {
            this.name = name;
        }

        @Override
        public Optional<byte[]> get() {
            return LateState.this.get(name);
        }

        @Override
        public void set(byte[] state) {
            LateState.this.set(name, state);
        }
    }

    private KeptState kept() {
        KeptState source = kept;
        if (source == null) {
            throw new IllegalStateException("state of " + component
                    + " (expected: that of an input, processor or aggregator that is not just being created)");
        }
        return source;
    }
}
