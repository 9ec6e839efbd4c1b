package dev.millrace.core.transport;

import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Datagrams that nobody has taken yet, within a number of bytes. It owns them until they are taken. Thread-safe. */
final class WaitingDatagrams {
    /** What a datagram takes beside its content, at the most. */
    private static final int OVERHEAD = 256;

    private final int maxBytes;
    private final Object lock = new Object();
    private final ArrayDeque<DatagramPacket> packets = new ArrayDeque<>();
    private int bytes;
    private boolean closed;

    WaitingDatagrams(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a datagram, or returns false where there is no room for it. */
    boolean add(DatagramPacket packet) {
        synchronized (lock) {
            int size = size(packet);
            if (closed || bytes + size > maxBytes) {
                return false;
            }
            packets.add(packet);
            bytes += size;
            return true;
        }
    }

    /** The next one, which the caller has to release; null where none is there. */
    @Nullable
    DatagramPacket poll() {
        synchronized (lock) {
            DatagramPacket next = packets.poll();
            bytes -= next == null ? 0 : size(next);
            return next;
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return packets.isEmpty();
        }
    }

    /** Releases what is there, and takes no more. */
    void close() {
        synchronized (lock) {
            closed = true;
            packets.forEach(DatagramPacket::release);
            packets.clear();
        }
    }

    private static int size(DatagramPacket packet) {
        return packet.content().readableBytes() + OVERHEAD;
    }
}
