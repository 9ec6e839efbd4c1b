package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.http.ServerTlsSettings;
import java.util.Optional;

/**
 * The options of OTLP over HTTP.
 *
 * @param endpoint where to listen
 * @param maxRequestBodySizeMiB the largest body, in MiB
 * @param tls how connections are encrypted
 */
public record HttpOptions(
        @Doc("The address to listen at, such as 127.0.0.1:4318.") @Default("127.0.0.1:4318")
        String endpoint,

        @Doc("The largest body, as it is received and again when it is decompressed, in MiB.")
        @Key("MaxRequestBodySizeMiB")
        @Default("20")
        int maxRequestBodySizeMiB,

        @Doc(
                value = "Encrypts connections, with the keys that Tls of service_http_server has.",
                example = "{CertFile: certificates/server.pem, KeyFile: certificates/server.key}")
        Optional<ServerTlsSettings> tls) {
    private static final int LARGEST = 1024;

    public HttpOptions {
        try {
            ListenAddress.parse(endpoint);
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException("endpoint", String.valueOf(e.getMessage()));
        }
        ListenAddress.parse(endpoint).contradiction(endpoint, tls.isPresent()).ifPresent(message -> {
            throw new InvalidOptionException("endpoint", message);
        });
        if (maxRequestBodySizeMiB < 1 || maxRequestBodySizeMiB > LARGEST) {
            throw new InvalidOptionException(
                    "maxRequestBodySizeMiB", maxRequestBodySizeMiB + " (expected: 1.." + LARGEST + ")");
        }
    }

    ListenAddress address() {
        return ListenAddress.parse(endpoint);
    }

    /** The largest body, in bytes. */
    long maxBytes() {
        return (long) maxRequestBodySizeMiB << 20;
    }
}
