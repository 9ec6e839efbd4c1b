package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.DeltaStates;
import dev.millrace.spi.State;
import java.util.Optional;
import java.util.Set;

/** The sums of deltas in the state of the component. */
record StateParts(State state) implements DeltaStates {
    @Override
    public Set<String> names() {
        return state.parts();
    }

    @Override
    public Optional<byte[]> get(String name) {
        return state.part(name).get();
    }

    @Override
    public void set(String name, byte[] part) {
        state.part(name).set(part);
    }
}
