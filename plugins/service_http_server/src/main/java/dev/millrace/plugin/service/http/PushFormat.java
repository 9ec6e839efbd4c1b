package dev.millrace.plugin.service.http;

/** What clients send. */
public enum PushFormat {
    /** Prometheus remote write. */
    PROMETHEUS("/api/v1/write");

    private final String path;

    PushFormat(String path) {
        this.path = path;
    }

    /** The path at which clients of the format expect a receiver. */
    String path() {
        return path;
    }
}
