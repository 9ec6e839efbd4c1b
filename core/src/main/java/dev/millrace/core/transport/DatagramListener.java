package dev.millrace.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket for datagrams, and the routes that take them, of which the newest counts: so a successor takes over without a
 * gap. What comes while there is none waits for the next. Thread-safe.
 */
final class DatagramListener {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int WAITING_BYTES = 4 << 20;

    /** One more than the largest that is taken, so that a larger one is seen. */
    private static final int BUFFER = 65_536;

    private final WaitingDatagrams waiting = new WaitingDatagrams(WAITING_BYTES);
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Object lock = new Object();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable Channel channel;
    private InetSocketAddress address = new InetSocketAddress(0);

    /** One registration; equal to itself only. */
    static final class Entry {
        private final DatagramRoute route;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean busy;
        private boolean closed;

        private Entry(DatagramRoute route) {
            this.route = route;
        }
    }

    void bind(EventLoops loops, InetSocketAddress asked) throws IOException {
        if (asked.isUnresolved()) {
            throw new IOException(
                    Listener.text(asked) + ": no address found for the host '" + asked.getHostString() + "'");
        }
        ChannelFuture binding = new Bootstrap()
                .group(loops.group())
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, WAITING_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BUFFER))
                .handler(new Arrivals())
                .bind(asked)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(Listener.text(asked) + ": " + Listener.reason(binding.cause()), binding.cause());
        }
        channel = binding.channel();
        address = (InetSocketAddress) binding.channel().localAddress();
    }

    InetSocketAddress address() {
        return address;
    }

    /**
     * Has a route take the datagrams from now on.
     *
     * @throws IOException if another owner has the address
     */
    Entry add(DatagramRoute route) throws IOException {
        Entry added = new Entry(route);
        synchronized (lock) {
            Entry newest = entries.peek();
            if (newest != null && !newest.route.owner().equals(route.owner())) {
                throw new IOException("served for " + newest.route.owner() + " already");
            }
            entries.push(added);
        }
        drainSoon();
        return added;
    }

    /** Takes a route away; completes when its handler is not called any more. */
    CompletableFuture<Void> remove(Entry entry) {
        synchronized (lock) {
            entries.remove(entry);
            entry.closed = true;
            if (!entry.busy) {
                entry.ended.complete(null);
            }
        }
        return entry.ended;
    }

    boolean isUnused() {
        synchronized (lock) {
            return entries.isEmpty();
        }
    }

    void close() {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
            Listener.awaitRelease(channel);
        }
        waiting.close();
    }

    private @Nullable Entry newest() {
        synchronized (lock) {
            return entries.peek();
        }
    }

    private void drainSoon() {
        Entry newest = newest();
        if (newest == null || waiting.isEmpty() || !draining.compareAndSet(false, true)) {
            return;
        }
        try {
            newest.route.workers().execute(this::drain);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{}: its workers have stopped", newest.route.owner(), stopping);
            draining.set(false);
        }
    }

    /* One at a time; on the workers of the route that was the newest when it began. */
    private void drain() {
        try {
            DatagramPacket packet;
            Entry taker;
            while ((taker = enter()) != null && (packet = waiting.poll()) != null) {
                try {
                    ByteBuf content = packet.content();
                    taker.route
                            .handler()
                            .handle(packet.sender(), content.nioBuffer().asReadOnlyBuffer());
                } finally {
                    packet.release();
                    leave(taker);
                }
            }
            if (taker != null) {
                leave(taker);
            }
        } finally {
            draining.set(false);
        }
        drainSoon();
    }

    private @Nullable Entry enter() {
        synchronized (lock) {
            Entry newest = entries.peek();
            if (newest != null) {
                newest.busy = true;
            }
            return newest;
        }
    }

    private void leave(Entry entry) {
        synchronized (lock) {
            entry.busy = false;
            if (entry.closed) {
                entry.ended.complete(null);
            }
        }
    }

    /** Puts what comes to the others that wait. */
    private final class Arrivals extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            Entry newest = newest();
            if (newest != null && packet.content().readableBytes() > newest.route.maxBytes()) {
                newest.route.drops().tooLarge();
                return;
            }
            DatagramPacket kept = copy(context, packet);
            if (waiting.add(kept)) {
                drainSoon();
                return;
            }
            kept.release();
            if (newest != null) {
                newest.route.drops().tooMany();
            }
        }

        /* Of its own size: a buffer to receive with is as large as the largest. */
        private static DatagramPacket copy(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content =
                    context.alloc().heapBuffer(Math.max(1, packet.content().readableBytes()));
            return packet.replace(content.writeBytes(packet.content()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("{}: a datagram could not be received", Listener.text(address), cause);
        }
    }
}
