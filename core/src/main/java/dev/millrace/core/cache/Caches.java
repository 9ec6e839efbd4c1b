package dev.millrace.core.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** All caches of the host, which have equal shares of what they may take together. Thread-safe. */
public final class Caches {
    /** The part of the heap that caches may take: one of so many. */
    private static final long HEAP_SHARE = 4;

    private final long bytes;
    private final Object lock = new Object();
    private final List<BoundedCache<?, ?>> open = new ArrayList<>();

    /** Caches that may take so many bytes together. */
    public Caches(long bytes) {
        this.bytes = bytes;
    }

    /** Caches that may take a share of the heap. */
    public static Caches ofHeap() {
        return new Caches(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Opens a cache; {@code weight} says how many bytes an entry takes. */
    public <K, V> BoundedCache<K, V> open(ToIntBiFunction<? super K, ? super V> weight) {
        synchronized (lock) {
            BoundedCache<K, V> cache = new BoundedCache<>(bytes / (open.size() + 1), weight, this::closed);
            open.add(cache);
            share();
            return cache;
        }
    }

    private void closed(BoundedCache<?, ?> cache) {
        synchronized (lock) {
            if (open.remove(cache)) {
                share();
            }
        }
    }

    private void share() {
        open.forEach(cache -> cache.limit(bytes / open.size()));
    }
}
