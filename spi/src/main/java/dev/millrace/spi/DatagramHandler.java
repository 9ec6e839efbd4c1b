package dev.millrace.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes datagrams. Called on a worker, one after the other, in the order in which they came. */
@FunctionalInterface
public interface DatagramHandler {
    /**
     * Takes a datagram.
     *
     * @param sender where it came from, which a sender can pretend
     * @param content its bytes, lent until the method returns
     */
    void handle(InetSocketAddress sender, ByteBuffer content);
}
