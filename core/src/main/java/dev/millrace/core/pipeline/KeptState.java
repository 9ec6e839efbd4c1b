package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The state of one component: what the journal holds, and the changes on their way there. It outlives the generations of
 * the component, two of which may be at work for a moment. Thread-safe.
 */
final class KeptState {
    private final Journal journal;
    private final String component;
    private final Object lock = new Object();
    private final Deque<StateChange> changes = new ArrayDeque<>();
    private long begun;
    private long appended;
    private long committed;

    KeptState(Journal journal, String component) {
        this.journal = journal;
        this.component = component;
    }

    /** The newest state that belongs to an output, as long as that was not refused. */
    Optional<byte[]> get() {
        synchronized (lock) {
            StateChange newest = changes.peekLast();
            return newest == null
                    ? journal.state(component)
                    : Optional.of(newest.state()).filter(bytes -> bytes.length > 0);
        }
    }

    /** A change begins its way to the journal, together with an output. */
    StateChange begin(byte[] state) {
        synchronized (lock) {
            StateChange change = new StateChange(this, component, state, ++begun);
            changes.add(change);
            return change;
        }
    }

    /** Whether a change is to be appended now: not where a newer one was, which another generation overtook it with. */
    boolean append(StateChange change) {
        synchronized (lock) {
            if (change.order() < appended) {
                return false;
            }
            appended = change.order();
            return true;
        }
    }

    /** A change is in the journal by now, or will never be. */
    void settled(StateChange change, boolean kept) {
        synchronized (lock) {
            changes.remove(change);
            if (kept) {
                committed = Math.max(committed, change.order());
            } else if (appended == change.order()) {
                appended = committed;
            }
        }
    }
}
