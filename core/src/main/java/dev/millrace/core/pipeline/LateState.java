package dev.millrace.core.pipeline;

import dev.millrace.spi.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a component as one generation of it sees it, there when its pipeline has its journal. What a generation has
 * set goes with an output of its own, never with one of its successor. Thread-safe.
 */
final class LateState implements State {
    private final String component;
    private final Object lock = new Object();
    private volatile @Nullable KeptState kept;
    private byte @Nullable [] next;

    LateState(String component) {
        this.component = component;
    }

    void comeFrom(KeptState source) {
        kept = source;
    }

    @Override
    public Optional<byte[]> get() {
        KeptState source = kept();
        synchronized (lock) {
            byte[] own = next;
            return (own == null ? source.get() : Optional.of(own).filter(bytes -> bytes.length > 0)).map(byte[]::clone);
        }
    }

    @Override
    public void set(byte[] state) {
        kept();
        if (state.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "state of " + component + ": " + state.length + " bytes (expected: <= " + MAX_BYTES + ")");
        }
        synchronized (lock) {
            next = state.clone();
        }
    }

    /** Takes the change that belongs to the output that is handed on now; null where there is none. */
    @Nullable
    StateChange take() {
        KeptState source = kept;
        synchronized (lock) {
            byte[] taken = next;
            next = null;
            return source == null || taken == null ? null : source.begin(taken);
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
