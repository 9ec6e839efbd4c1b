package dev.millrace.core.transport;

import dev.millrace.spi.DatagramHandler;
import java.util.concurrent.Executor;

/**
 * What takes the datagrams of an address.
 *
 * @param owner whose it is; only the same owner can take the address over
 * @param maxBytes the largest datagram
 * @param handler called on a worker, for one datagram after the other
 * @param drops told what is dropped, on any thread
 * @param workers where it is called
 */
public record DatagramRoute(String owner, int maxBytes, DatagramHandler handler, Drops drops, Executor workers) {
    /** The largest that UDP can carry. */
    private static final int LARGEST = 65_507;

    public DatagramRoute {
        if (maxBytes < 1 || maxBytes > LARGEST) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: 1 to " + LARGEST + ")");
        }
    }

    /** Is told of datagrams that the handler does not get. Thread-safe. */
    public interface Drops {
        /** One was larger than the route takes. */
        void tooLarge();

        /** One came while too many others were waiting. */
        void tooMany();
    }
}
