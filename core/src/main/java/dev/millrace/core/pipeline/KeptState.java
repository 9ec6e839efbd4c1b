package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state of one component: what the journal holds, and the changes on their way there. It outlives the generations of
 * the component, two of which may be at work for a moment. Thread-safe.
 *
 * <p>In the journal it stands under the component's ID, and a part of it under that, a line break and the part's name.
 */
final class KeptState {
    /** What stands between the ID of a component and the name of a part. */
    static final String PART = "\n";

    private final Journal journal;
    private final String component;
    private final Object lock = new Object();
    private final Map<String, Underway> underway = new HashMap<>();

    /** The changes of the state, or of a part, that are on their way. */
    private static final class Underway {
        final Deque<StateChange> changes = new ArrayDeque<>();
        long begun;
        long appended;
        long committed;
    }

    KeptState(Journal journal, String component) {
        this.journal = journal;
        this.component = component;
    }

    /** The component to which belongs what stands under a key of the journal. */
    static String component(String key) {
        int part = key.indexOf(PART);
        return part < 0 ? key : key.substring(0, part);
    }

    /** The newest state that belongs to an output, as long as that was not refused; that of a part, where it is not empty. */
    Optional<byte[]> get(String part) {
        String key = key(part);
        synchronized (lock) {
            Underway known = underway.get(key);
            return known == null
                    ? journal.state(key)
                    : Optional.of(known.changes.getLast().state()).filter(bytes -> bytes.length > 0);
        }
    }

    /** The names of all parts. */
    Set<String> parts() {
        Set<String> parts = new TreeSet<>();
        String prefix = component + PART;
        synchronized (lock) {
            parts.addAll(journal.componentsWithState());
            underway.forEach((key, known) -> {
                if (known.changes.getLast().state().length > 0) {
                    parts.add(key);
                } else {
                    parts.remove(key);
                }
            });
        }
        Set<String> names = new TreeSet<>();
        parts.stream().filter(key -> key.startsWith(prefix)).forEach(key -> names.add(key.substring(prefix.length())));
        return names;
    }

    /** A change begins its way to the journal, together with an output. */
    StateChange begin(String part, byte[] state) {
        String key = key(part);
        synchronized (lock) {
            Underway known = underway.computeIfAbsent(key, k -> new Underway());
            StateChange change = new StateChange(this, key, state, ++known.begun);
            known.changes.add(change);
            return change;
        }
    }

    /** Whether a change is to be appended now: not where a newer one was, which another generation overtook it with. */
    boolean append(StateChange change) {
        synchronized (lock) {
            Underway known = underway.get(change.component());
            if (known == null || change.order() < known.appended) {
                return false;
            }
            known.appended = change.order();
            return true;
        }
    }

    /** A change is in the journal by now, or will never be. */
    void settled(StateChange change, boolean kept) {
        synchronized (lock) {
            Underway known = underway.get(change.component());
            if (known == null || !known.changes.remove(change)) {
                return;
            }
            if (known.changes.isEmpty()) {
                underway.remove(change.component());
            } else if (kept) {
                known.committed = Math.max(known.committed, change.order());
            } else if (known.appended == change.order()) {
                known.appended = known.committed;
            }
        }
    }

    private String key(String part) {
        return part.isEmpty() ? component : component + PART + part;
    }
}
