package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.State;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A state that is there at once, and counts how often it is set. */
final class FakeState implements State {
    final AtomicInteger changes = new AtomicInteger();
    private final Map<String, byte[]> parts = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> get() {
        return Optional.empty();
    }

    @Override
    public void set(byte[] state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public State part(String name) {
        return new State() {
            @Override
            public Optional<byte[]> get() {
                return Optional.ofNullable(parts.get(name)).map(byte[]::clone);
            }

            @Override
            public void set(byte[] state) {
                changes.incrementAndGet();
                if (state.length == 0) {
                    parts.remove(name);
                } else {
                    parts.put(name, state.clone());
                }
            }
        };
    }

    @Override
    public Set<String> parts() {
        return Set.copyOf(parts.keySet());
    }
}
