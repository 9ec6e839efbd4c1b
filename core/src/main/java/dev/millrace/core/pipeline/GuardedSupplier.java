package dev.millrace.core.pipeline;

import dev.millrace.core.calls.RunningCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What a plugin computes when somebody asks, read as a call into it. One that hangs is not read.
 *
 * @param <T> what it gives
 */
final class GuardedSupplier<T> implements Supplier<T> {
    private final WatchedComponent component;
    private final String kind;
    private final String name;
    private final Supplier<T> source;
    private final AtomicBoolean hangs = new AtomicBoolean();

    /**
     * A guarded source.
     *
     * @param kind what is called, in words: {@code a metric}
     * @param name which one
     */
    GuardedSupplier(WatchedComponent component, String kind, String name, Supplier<T> source) {
        this.component = component;
        this.kind = kind;
        this.name = name;
        this.source = source;
    }

    /** What the plugin gives; throws what a person can read where it fails. */
    @Override
    public T get() {
        if (hangs.get()) {
            throw new IllegalStateException(component.name() + ": " + name + " is not read, because it hangs");
        }
        RunningCall call = component.begin(kind, () -> hangs.set(true));
        try {
            return source.get();
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            throw new IllegalStateException(component.failed(kind, e).getMessage());
        } finally {
            call.end();
            hangs.set(false);
        }
    }
}
