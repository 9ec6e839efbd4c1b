package dev.millrace.plugin.flusher.http;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.HttpFlusherSettings;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.extension.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * The options of {@code flusher_http}.
 *
 * @param remoteURL where requests go
 * @param encoder who makes the bodies
 * @param convert how they are made where that is nobody
 * @param http what all flushers over HTTP share
 */
@Doc(value = "Posts events to a URL, encoded by an extension or as Convert says.", example = """
        RemoteURL: https://metrics.example.com/api/v1/write
        Encoder:
          Type: ext_default_encoder
          Format: prometheus
        Headers:
          Content-Type: application/x-protobuf
          X-Prometheus-Remote-Write-Version: 0.1.0
        Compression: snappy
        """)
public record HttpFlusherOptions(
        @Doc(
                value = "The URL that requests are posted to, http or https.",
                example = "https://metrics.example.com/api/v1/write")
        String remoteURL,

        @Doc(
                value = "The extension that makes the bodies, such as ext_default_encoder; it goes before Convert.",
                example = "{Type: ext_default_encoder, Format: prometheus}")
        Optional<ComponentRef<Encoder>> encoder,

        @Doc("How bodies are made where no Encoder is named.")
        Convert convert,

        @Inline HttpFlusherSettings http)
        implements Faults {
    public HttpFlusherOptions {
        Endpoint.parse("remoteURL", remoteURL);
    }

    @Override
    public List<Fault> faults() {
        return endpoint().fault().map(message -> new Fault("remoteURL", message)).stream()
                .toList();
    }

    Endpoint endpoint() {
        return Endpoint.parse("remoteURL", remoteURL);
    }

    /** The options with the URL as it may be shown. */
    @Override
    public String toString() {
        return "RemoteURL: " + endpoint() + ", "
                + encoder.map(maker -> "Encoder: " + maker.id()).orElse("Convert: " + convert) + ", " + http;
    }
}
