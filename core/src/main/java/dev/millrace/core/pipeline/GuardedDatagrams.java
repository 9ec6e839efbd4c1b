package dev.millrace.core.pipeline;

import dev.millrace.spi.DatagramHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A component's handler of datagrams: what goes wrong in it is told and counted, and costs one datagram. */
record GuardedDatagrams(WatchedComponent component, DatagramHandler handler) implements DatagramHandler {
    @Override
    public void handle(InetSocketAddress sender, ByteBuffer content) {
        try {
            handler.handle(sender, content);
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            var unused = component.failed("handle", e);
        }
    }
}
