package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Format;
import java.util.Map;

/** A version of remote write. */
enum Version {
    /** {@code prometheus.WriteRequest}. */
    V1("1.0", "application/x-protobuf", "0.1.0"),
    /** {@code io.prometheus.write.v2.Request}. */
    V2("2.0", "application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0");

    private static final String HEADER = "X-Prometheus-Remote-Write-Version";

    private final Format format;
    private final String contentType;
    private final Map<String, String> headers;

    Version(String number, String contentType, String header) {
        this.format = new Format("prometheus", number);
        this.contentType = contentType;
        this.headers = Map.of(HEADER, header);
    }

    /** What an encoder is asked for. */
    Format format() {
        return format;
    }

    /** How a body is labelled that no encoder made. */
    Encoded labelled(Content content) {
        return new Encoded(contentType, headers, Map.of(), content);
    }

    /** The number, such as {@code 2.0}. */
    @Override
    public String toString() {
        return format.version();
    }
}
