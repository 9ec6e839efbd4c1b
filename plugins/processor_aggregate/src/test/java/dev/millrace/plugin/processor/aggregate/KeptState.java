package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.State;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A state whose changes are kept or refused together, as a journal does it. */
final class KeptState implements State {
    private static final String WHOLE = "";

    private final Map<String, byte[]> kept;
    private final Map<String, byte[]> changes = new TreeMap<>();

    /** A state with nothing in it. */
    KeptState() {
        this(new TreeMap<>());
    }

    private KeptState(Map<String, byte[]> kept) {
        this.kept = kept;
    }

    /** The same as a successor finds it: without what was not kept. */
    KeptState afterRestart() {
        return new KeptState(kept);
    }

    void commit() {
        changes.forEach((name, bytes) -> {
            if (bytes.length == 0) {
                kept.remove(name);
            } else {
                kept.put(name, bytes);
            }
        });
        changes.clear();
    }

    void refuse() {
        changes.clear();
    }

    /** How many bytes the changes have that were not committed yet. */
    int changedBytes() {
        return changes.values().stream().mapToInt(bytes -> bytes.length).sum();
    }

    private Optional<byte[]> get(String name) {
        byte[] changed = changes.get(name);
        return Optional.ofNullable(changed == null ? kept.get(name) : changed).filter(bytes -> bytes.length > 0);
    }

    @Override
    public Optional<byte[]> get() {
        return get(WHOLE);
    }

    @Override
    public void set(byte[] state) {
        changes.put(WHOLE, state.clone());
    }

    @Override
    public State part(String name) {
        return new State() {
            @Override
            public Optional<byte[]> get() {
                return KeptState.this.get(name);
            }

            @Override
            public void set(byte[] state) {
                changes.put(name, state.clone());
            }
        };
    }

    @Override
    public Set<String> parts() {
        Set<String> names = new TreeSet<>(kept.keySet());
        names.addAll(changes.keySet());
        names.removeIf(name -> name.equals(WHOLE) || get(name).isEmpty());
        return names;
    }
}
