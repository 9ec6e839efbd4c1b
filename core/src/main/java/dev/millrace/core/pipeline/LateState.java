package dev.millrace.core.pipeline;

import dev.millrace.spi.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a component, which is there when its pipeline has its journal. Thread-safe. */
final class LateState implements State {
    private final String component;
    private volatile @Nullable KeptState kept;

    LateState(String component) {
        this.component = component;
    }

    void comeFrom(KeptState source) {
        kept = source;
    }

    @Override
    public Optional<byte[]> get() {
        return kept().get();
    }

    @Override
    public void set(byte[] state) {
        kept().set(state);
    }

    /** Takes the change that belongs to the output that is handed on now; null where there is none. */
    @Nullable
    StateChange take() {
        KeptState source = kept;
        return source == null ? null : source.take();
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
