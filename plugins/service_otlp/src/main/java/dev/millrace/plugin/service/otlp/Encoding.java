package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/** How requests and answers are written over HTTP. */
enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The encoding that a request says; empty where it says another. */
    static Optional<Encoding> of(HttpRequest request) {
        String type = request.headers().first("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        String plain =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        for (Encoding encoding : values()) {
            if (encoding.mediaType.equals(plain)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a request of another encoding. */
    static Problem unsupported(HttpRequest request) {
        return Problem.of(
                415,
                "Content-Type: " + request.headers().first("Content-Type").orElse("none") + " (expected: "
                        + PROTOBUF.mediaType + " or " + JSON.mediaType + ")");
    }

    HttpHeaders headers() {
        return HttpHeaders.of("Content-Type", mediaType);
    }
}
