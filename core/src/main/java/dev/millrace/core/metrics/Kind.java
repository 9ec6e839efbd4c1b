package dev.millrace.core.metrics;

/** The type of a metric family. */
enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
}
