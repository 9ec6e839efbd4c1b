package dev.millrace.spi;

import java.util.function.Function;

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
}
