package dev.millrace.spi.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where and how a component serves HTTP. A client speaks HTTP/1.1, or HTTP/2 by beginning with its preface.
 *
 * @param address the address to listen at
 * @param path the path, and all below it, that the handler serves
 * @param maxBodyBytes the largest body that is accepted, compressed or not; a larger one is answered with 413
 * @param tls how connections are encrypted; those who share an address have to agree
 * @param maxConnections the largest number of connections to the address, of which the smallest counts where several
 *     share it; one more is answered with 503 and closed
 */
public record ListenSettings(
        InetSocketAddress address,
        String path,
        long maxBodyBytes,
        Optional<ServerTlsSettings> tls,
        OptionalInt maxConnections) {
    public ListenSettings {
        if (maxConnections.isPresent() && maxConnections.getAsInt() < 1) {
            throw new IllegalArgumentException("maxConnections: " + maxConnections.getAsInt() + " (expected: >= 1)");
        }
    }

    /** Settings without encryption, and with the host's limit of connections. */
    public ListenSettings(InetSocketAddress address, String path, long maxBodyBytes) {
        this(address, path, maxBodyBytes, Optional.empty(), OptionalInt.empty());
    }
}
