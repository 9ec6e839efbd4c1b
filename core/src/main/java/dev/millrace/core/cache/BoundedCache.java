package dev.millrace.core.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.millrace.spi.Cache;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/** A cache that takes no more than a number of bytes, and lets go what is asked for least. Thread-safe. */
public final class BoundedCache<K, V> implements Cache<K, V>, AutoCloseable {
    private final com.github.benmanes.caffeine.cache.Cache<K, V> entries;
    private final Policy.Eviction<K, V> eviction;
    private final Consumer<BoundedCache<?, ?>> closed;

    BoundedCache(long bytes, ToIntBiFunction<? super K, ? super V> weight, Consumer<BoundedCache<?, ?>> closed) {
        this.closed = closed;
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<K, V>weigher(weight::applyAsInt)
                .executor(Runnable::run) // a thread of a shared pool would keep the class loader of a plugin
                .recordStats()
                .build();
        eviction = entries.policy().eviction().orElseThrow();
    }

    /* Not computed within the cache: a lookup that waits for another one's plugin would be a lock on the way of samples. */
    @Override
    public V get(K key, Function<? super K, ? extends V> compute) {
        V known = entries.getIfPresent(key);
        if (known != null) {
            return known;
        }
        V computed = compute.apply(key);
        entries.put(key, computed);
        return computed;
    }

    @Override
    public @Nullable V find(K key) {
        return entries.getIfPresent(key);
    }

    @Override
    public void keep(K key, V value) {
        entries.put(key, value);
    }

    void limit(long bytes) {
        eviction.setMaximum(bytes);
    }

    /** How often a value was at hand. */
    public long hits() {
        return entries.stats().hitCount();
    }

    /** How often it was not. */
    public long misses() {
        return entries.stats().missCount();
    }

    /** About how many bytes it takes. */
    public long bytes() {
        return eviction.weightedSize().orElseThrow();
    }

    /** The number of entries. */
    public long size() {
        return entries.estimatedSize();
    }

    @Override
    public void close() {
        entries.invalidateAll();
        entries.cleanUp();
        closed.accept(this);
    }
}
