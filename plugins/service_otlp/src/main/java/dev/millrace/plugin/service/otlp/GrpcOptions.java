package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;

/**
 * The options of OTLP over gRPC.
 *
 * @param endpoint where to listen
 * @param maxRecvMsgSizeMiB the largest message, in MiB
 */
public record GrpcOptions(
        @Doc("The address to listen at, such as 127.0.0.1:4317.") @Default("127.0.0.1:4317")
        String endpoint,

        @Doc("The largest message, as it is received and again when it is decompressed, in MiB.")
        @Key("MaxRecvMsgSizeMiB")
        @Default("4")
        int maxRecvMsgSizeMiB) {
    private static final int LARGEST = 1024;

    public GrpcOptions {
        try {
            ListenAddress.parse(endpoint);
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException("endpoint", String.valueOf(e.getMessage()));
        }
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
