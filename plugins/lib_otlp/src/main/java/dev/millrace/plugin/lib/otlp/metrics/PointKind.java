package dev.millrace.plugin.lib.otlp.metrics;

/** The kinds of data points. */
enum PointKind {
    /** A number at a time, or a sum. */
    NUMBER,
    /** Counts in buckets with bounds. */
    HISTOGRAM,
    /** Counts in exponential buckets. */
    EXPONENTIAL,
    /** Quantiles. */
    SUMMARY
}
