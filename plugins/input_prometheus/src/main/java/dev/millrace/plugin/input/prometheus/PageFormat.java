package dev.millrace.plugin.input.prometheus;

/** How the page of a target is written, as its Content-Type says. */
enum PageFormat {
    /** The text format, versions 0.0.4 and 1.0.0, which are read alike. */
    TEXT,
    /** OpenMetrics' text, versions 0.0.1 and 1.0.0. */
    OPEN_METRICS,
    /** Messages {@code io.prometheus.client.MetricFamily}, each behind its length. */
    PROTOBUF
}
