package dev.millrace.plugin.service.http;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.Decoder;
import java.util.Optional;

/**
 * The options of {@code service_http_server}.
 *
 * @param address where to listen
 * @param path the path that is served; that of the format where it is absent
 * @param format what clients send
 * @param decoder who reads it
 * @param maxBodySize the largest body, as it is received and again when it is decompressed
 */
@Doc("Receives events that clients push over HTTP, and answers when the journal holds them.")
public record HttpServerOptions(
        @Doc("The address to listen at, such as http://127.0.0.1:12345.")
        String address,

        @Doc("The path that clients post to; without it, the usual one of the format: /api/v1/write.")
        Optional<String> path,

        @Doc("What clients send: prometheus (remote write).") @Default("prometheus")
        PushFormat format,

        @Doc("The extension that reads the bodies.") @Default("{Type: ext_default_decoder, Format: prometheus}")
        ComponentRef<Decoder> decoder,

        @Doc("The largest body, as it is received and again when it is decompressed. The default is what Prometheus"
                + " accepts.")
        @Default("32MiB")
        ByteSize maxBodySize) {
    private static final long LARGEST_BODY = 1L << 30;

    public HttpServerOptions {
        try {
            ListenAddress.parse(address);
        } catch (IllegalArgumentException e) {
            throw invalid("address", e);
        }
        if (path.isPresent() && !path.get().matches("/[^?#\\s]*")) {
            throw new InvalidOptionException("path", "'" + path.get() + "' (expected: such as /api/v1/write)");
        }
        if (maxBodySize.bytes() < 1 || maxBodySize.bytes() > LARGEST_BODY) {
            throw new InvalidOptionException("maxBodySize", maxBodySize + " (expected: 1B..1GiB)");
        }
    }

    ListenAddress listenAddress() {
        return ListenAddress.parse(address);
    }

    /** The path that is served. */
    String servedPath() {
        return path.orElse(format.path());
    }

    private static InvalidOptionException invalid(String component, IllegalArgumentException cause) {
        InvalidOptionException exception = new InvalidOptionException(component, String.valueOf(cause.getMessage()));
        exception.initCause(cause);
        return exception;
    }
}
