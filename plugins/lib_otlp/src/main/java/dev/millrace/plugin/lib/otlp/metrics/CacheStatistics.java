package dev.millrace.plugin.lib.otlp.metrics;

/**
 * How the cache of labels does.
 *
 * @param hits how often something was known
 * @param misses how often it was not
 * @param evictions how much was given up to make room
 * @param bytes about how much memory it takes
 */
public record CacheStatistics(long hits, long misses, long evictions, long bytes) {}
