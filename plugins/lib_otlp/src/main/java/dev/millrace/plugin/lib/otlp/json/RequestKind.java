package dev.millrace.plugin.lib.otlp.json;

/** The requests that are read. Of logs and traces it is no more than how many items there are. */
public enum RequestKind {
    /** Metrics. */
    METRICS,
    /** Logs. */
    LOGS,
    /** Traces. */
    TRACES
}
