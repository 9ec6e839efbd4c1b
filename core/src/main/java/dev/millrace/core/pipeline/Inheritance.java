package dev.millrace.core.pipeline;

import dev.millrace.spi.ComponentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the components of one generation of a pipeline leave to those of the next, by identity. Each thing is taken once.
 *
 * <p>A change can fail after a successor took something, so what is taken or forgotten is set aside first: {@link #settle}
 * ends a change that succeeded, {@link #putBack} one that did not. Thread-safe.
 */
final class Inheritance {
    private final Map<ComponentId, Left> left = new HashMap<>();
    private final Map<ComponentId, Left> aside = new HashMap<>();

    /** A thing, and the context of the component that left it. */
    private record Left(ComponentContext owner, Object state) {}

    synchronized void leave(ComponentId component, ComponentContext owner, Object state) {
        left.put(component, new Left(owner, state));
    }

    /** Takes what a component left, where it is of a type: another generation of a plugin has other types. */
    synchronized <T> Optional<T> take(ComponentId component, Class<T> type) {
        Left taken = left.remove(component);
        if (taken == null) {
            return Optional.empty();
        }
        aside.put(component, taken);
        return Optional.of(taken.state()).filter(type::isInstance).map(type::cast);
    }

    /** Sets aside what was left by others than these, who are at work. */
    synchronized void keepOnlyOf(Set<ComponentContext> owners) {
        left.entrySet().removeIf(entry -> {
            boolean forgotten = !owners.contains(entry.getValue().owner());
            if (forgotten) {
                aside.putIfAbsent(entry.getKey(), entry.getValue());
            }
            return forgotten;
        });
    }

    /** The change is complete: what was set aside is forgotten. */
    synchronized void settle() {
        aside.clear();
    }

    /** The change failed: what was set aside is there again, but for that which a component has left anew since. */
    synchronized void putBack() {
        aside.forEach(left::putIfAbsent);
        aside.clear();
    }

    /** Nothing is left to anybody. */
    synchronized void forgetAll() {
        left.clear();
        aside.clear();
    }
}
