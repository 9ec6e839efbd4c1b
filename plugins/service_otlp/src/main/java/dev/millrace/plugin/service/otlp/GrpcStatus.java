package dev.millrace.plugin.service.otlp;

import java.util.Arrays;

/** The codes of gRPC that are used. */
enum GrpcStatus {
    OK(0),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    RESOURCE_EXHAUSTED(8),
    UNIMPLEMENTED(12),
    UNAVAILABLE(14);

    private final int number;

    GrpcStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The code of a number. */
    static GrpcStatus ofNumber(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /**
     * The code for a status of HTTP. What the client may send again is {@code UNAVAILABLE}; so is {@code RESOURCE_EXHAUSTED},
     * together with when.
     */
    static GrpcStatus ofHttp(int status) {
        return switch (status) {
            case 400 -> INVALID_ARGUMENT;
            case 404, 405, 415 -> UNIMPLEMENTED;
            case 413, 429 -> RESOURCE_EXHAUSTED;
            case 500, 503 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
