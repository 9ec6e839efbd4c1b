package dev.millrace.distribution.comparison.load;

import java.util.Arrays;
import java.util.Locale;

/** A way in which OTLP is sent. */
public enum OtlpProtocol {
    /** Unary calls of gRPC, over HTTP/2. */
    GRPC("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"),
    /** Protobuf over HTTP/1.1. */
    HTTP("/v1/metrics");

    private final String path;

    OtlpProtocol(String path) {
        this.path = path;
    }

    /** Where metrics go. */
    String path() {
        return path;
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OtlpProtocol named(String text) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "otlp: " + text + " (expected: of " + Arrays.toString(values()) + ")"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
