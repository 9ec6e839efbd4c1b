package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import dev.millrace.spi.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component: what the journal holds, and the changes on their way there. It outlives the generations of
 * the component. Thread-safe.
 */
final class KeptState implements State {
    private final Journal journal;
    private final String component;
    private final Object lock = new Object();
    private final Deque<StateChange> changes = new ArrayDeque<>();
    private @Nullable StateChange next;

    KeptState(Journal journal, String component) {
        this.journal = journal;
        this.component = component;
    }

    @Override
    public Optional<byte[]> get() {
        synchronized (lock) {
            StateChange newest = changes.peekLast();
            Optional<byte[]> state = newest == null
                    ? journal.state(component)
                    : Optional.of(newest.state()).filter(bytes -> bytes.length > 0);
            return state.map(byte[]::clone);
        }
    }

    @Override
    public void set(byte[] state) {
        if (state.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "state of " + component + ": " + state.length + " bytes (expected: <= " + MAX_BYTES + ")");
        }
        StateChange change = new StateChange(this, component, state.clone());
        synchronized (lock) {
            StateChange before = next;
            if (before != null) {
                changes.remove(before);
            }
            next = change;
            changes.add(change);
        }
    }

    /** Takes the change that belongs to the output that is handed on now; null where there is none. */
    @Nullable
    StateChange take() {
        synchronized (lock) {
            StateChange taken = next;
            next = null;
            return taken;
        }
    }

    /** A change is in the journal by now, or will never be. */
    void settled(StateChange change) {
        synchronized (lock) {
            changes.remove(change);
        }
    }
}
