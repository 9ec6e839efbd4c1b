package dev.millrace.plugin.lib.otlp.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * What parts of requests have become: resources, scopes, metrics and series with their labels, so that those of the next
 * request are found by their bytes, and no text is made again.
 *
 * <p>Each is known inside of what stands around it. Bounded by memory; what was not used for long goes first. Thread-safe.
 */
final class Known {
    private final Cache<Key, Part> cache;

    /** Keeps about so many bytes. */
    Known(long bytes) {
        cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, Part part) -> key.weight() + part.weight())
                .executor(Runnable::run) // no threads of its own
                .recordStats()
                .build();
    }

    /** What a part of a request has become. */
    interface Part {
        /** About how many bytes it takes. */
        int weight();
    }

    /** What is known by a key, of which there is one type only. */
    <T extends Part> @Nullable T find(Key key, Class<T> type) {
        return type.cast(cache.getIfPresent(key));
    }

    <T extends Part> T keep(Key key, T part) {
        cache.put(key.copy(), part);
        return part;
    }

    CacheStatistics statistics() {
        var stats = cache.stats();
        long bytes = cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();
        return new CacheStatistics(stats.hitCount(), stats.missCount(), stats.evictionCount(), bytes);
    }
}
