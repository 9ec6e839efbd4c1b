package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.http.ServerTlsSettings;
import java.util.Optional;

/**
 * The options of OTLP over gRPC.
 *
 * @param endpoint where to listen
 * @param maxRecvMsgSizeMiB the largest message, in MiB
 * @param tls how connections are encrypted
 */
public record GrpcOptions(
        @Doc("The address to listen at, such as 127.0.0.1:4317.") @Default("127.0.0.1:4317")
        String endpoint,

        @Doc("The largest message, as it is received and again when it is decompressed, in MiB.")
        @Key("MaxRecvMsgSizeMiB")
        @Default("4")
        int maxRecvMsgSizeMiB,

        @Doc(
                value = "Encrypts connections, with the keys that Tls of service_http_server has.",
                example = "{CertFile: certificates/server.pem, KeyFile: certificates/server.key}")
        Optional<ServerTlsSettings> tls) {
    private static final int LARGEST = 1024;

    public GrpcOptions {
        try {
            ListenAddress.parse(endpoint);
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException("endpoint", String.valueOf(e.getMessage()));
        }
        ListenAddress.parse(endpoint).contradiction(endpoint, tls.isPresent()).ifPresent(message -> {
            throw new InvalidOptionException("endpoint", message);
        });
        if (maxRecvMsgSizeMiB < 1 || maxRecvMsgSizeMiB > LARGEST) {
            throw new InvalidOptionException(
                    "maxRecvMsgSizeMiB", maxRecvMsgSizeMiB + " (expected: 1.." + LARGEST + ")");
        }
    }

    ListenAddress address() {
        return ListenAddress.parse(endpoint);
    }

    /** The largest message, in bytes. */
    long maxBytes() {
        return (long) maxRecvMsgSizeMiB << 20;
    }
}
