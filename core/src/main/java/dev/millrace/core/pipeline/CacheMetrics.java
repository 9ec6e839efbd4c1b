package dev.millrace.core.pipeline;

import dev.millrace.core.cache.BoundedCache;
import dev.millrace.spi.metrics.Metrics;

/** What is published of a component's cache. */
final class CacheMetrics {
    private CacheMetrics() {}

    /** Publishes a cache under its name. */
    static void of(BoundedCache<?, ?> cache, String name, Metrics metrics) {
        metrics.counter(
                "millrace_cache_hits_total",
                "Lookups that found what was computed before.",
                cache::hits,
                "cache",
                name);
        metrics.counter("millrace_cache_misses_total", "Lookups that had to compute.", cache::misses, "cache", name);
        metrics.gauge("millrace_cache_entries", "Entries of the cache.", cache::size, "cache", name);
        metrics.gauge(
                "millrace_cache_bytes", "About how much of the heap the cache takes.", cache::bytes, "cache", name);
    }
}
