package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.json.RequestKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What clients send; all three have the same form of request: resources, scopes in them, items in these. */
enum Signal {
    METRICS("metrics", "MetricsService", "rejectedDataPoints", RequestKind.METRICS),
    LOGS("logs", "LogsService", "rejectedLogRecords", RequestKind.LOGS),
    TRACES("trace", "TraceService", "rejectedSpans", RequestKind.TRACES);

    private final String name;
    private final String service;
    private final String rejected;
    private final RequestKind request;

    Signal(String name, String service, String rejected, RequestKind request) {
        this.name = name;
        this.service = service;
        this.rejected = rejected;
        this.request = request;
    }

    /** The path over HTTP. */
    String path() {
        return "/v1/" + name().toLowerCase(Locale.ROOT);
    }

    /** The path over gRPC: service and method. */
    String method() {
        return "/opentelemetry.proto.collector." + name + ".v1." + service + "/Export";
    }

    /** The field of an answer that says how many items are rejected, in JSON. */
    String rejected() {
        return rejected;
    }

    /** What its requests are in JSON. */
    RequestKind request() {
        return request;
    }

    /** The signal of a path over HTTP. */
    static Optional<Signal> ofPath(String path) {
        return Arrays.stream(values())
                .filter(signal -> signal.path().equals(path))
                .findFirst();
    }

    /** The signal of a path over gRPC. */
    static Optional<Signal> ofMethod(String path) {
        return Arrays.stream(values())
                .filter(signal -> signal.method().equals(path))
                .findFirst();
    }
}
