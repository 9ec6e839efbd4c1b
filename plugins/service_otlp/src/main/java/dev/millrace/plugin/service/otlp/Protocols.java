package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import java.util.Optional;

/**
 * The protocols that are served.
 *
 * @param grpc gRPC
 * @param http HTTP
 */
public record Protocols(
        @Doc(value = "OTLP over gRPC.", example = "{Endpoint: '127.0.0.1:4317'}") @Key("GRPC")
        Optional<GrpcOptions> grpc,

        @Doc(
                value = "OTLP over HTTP, as protobuf or JSON, at /v1/metrics, /v1/logs and /v1/traces.",
                example = "{Endpoint: '127.0.0.1:4318'}")
        @Key("HTTP")
        Optional<HttpOptions> http) {
    public Protocols {
        if (grpc.isEmpty() && http.isEmpty()) {
            throw new InvalidOptionException("grpc", "neither GRPC nor HTTP (expected: at least one of them)");
        }
    }
}
