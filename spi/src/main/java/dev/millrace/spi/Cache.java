package dev.millrace.spi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was computed before, kept as long as there is room for it and it is asked for often. Thread-safe.
 *
 * @param <K> what it is computed from; compared by {@code equals}
 * @param <V> what is computed
 */
@FunctionalInterface
public interface Cache<K, V> {
    /**
     * The value of a key, which is computed where it is not at hand. Two threads that ask at the same time may both
     * compute it, so the same key has to give the same value.
     */
    V get(K key, Function<? super K, ? extends V> compute);

    /**
     * The value of a key, or null where it is not at hand: for keys that are made anew for each lookup, in the same object, and
     * of which a copy is to be {@link #keep kept}.
     */
    default @Nullable V find(K key) {
        return null;
    }

    /** Keeps the value of a key, as long as there is room. */
    default void keep(K key, V value) {}
}
