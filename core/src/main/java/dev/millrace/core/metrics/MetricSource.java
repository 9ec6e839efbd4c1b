package dev.millrace.core.metrics;

/** Samples that are taken together, such as the terms of an equation, from one snapshot. Called on any thread. */
@FunctionalInterface
public interface MetricSource {
    /** Writes all samples. */
    void collect(MetricSink sink);
}
