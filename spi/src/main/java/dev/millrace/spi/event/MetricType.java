package dev.millrace.spi.event;

/** The type of a metric family; the ordinals are the numbers of both remote write protocols. */
public enum MetricType {
    /** Not known. */
    UNKNOWN,
    /** A sum that only grows. */
    COUNTER,
    /** A value that goes up and down. */
    GAUGE,
    /** Counted observations in buckets. */
    HISTOGRAM,
    /** A histogram that may shrink. */
    GAUGE_HISTOGRAM,
    /** Counted observations with quantiles. */
    SUMMARY,
    /** Text as labels, value 1. */
    INFO,
    /** A set of states, each 0 or 1. */
    STATE_SET
}
