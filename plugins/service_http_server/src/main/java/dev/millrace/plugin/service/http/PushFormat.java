package dev.millrace.plugin.service.http;

import java.util.Locale;

/** What clients send. */
public enum PushFormat {
    /** Prometheus remote write. */
    PROMETHEUS("/api/v1/write"),
    /** A page of Prometheus' text format, or of OpenMetrics. */
    PROMETHEUS_TEXT("/api/v1/import/prometheus"),
    /** Lines of StatsD, in datagrams. */
    STATSD("/"),
    /** Any bytes: a body is one event. */
    RAW("/");

    private final String path;

    PushFormat(String path) {
        this.path = path;
    }

    /** The name by which decoders know it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path at which clients of the format expect a receiver. */
    String path() {
        return path;
    }
}
