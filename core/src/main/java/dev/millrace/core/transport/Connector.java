package dev.millrace.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Opens sockets for clients, and finds addresses and trust store without blocking an event loop. Thread-safe. */
final class Connector {
    /** The name of the handler that is taken away when the connection is made. */
    static final String CONNECTING = "connecting";

    private static final int READ_BUFFER = 64 * 1024;
    private static final int READS_AT_ONCE = 4;

    private final EventLoops loops;
    private final Workers workers;
    private final Tls tls;

    Connector(EventLoops loops, Workers workers, Tls tls) {
        this.loops = loops;
        this.workers = workers;
        this.tls = tls;
    }

    /** What a lookup found. */
    record Found(InetAddress[] addresses, Consumer<Channel> security) {}

    EventLoops loops() {
        return loops;
    }

    /** Calls {@code found} or {@code failed} later, on a thread that may block. */
    void lookUp(Destination destination, Consumer<Found> found, Consumer<Throwable> failed) {
        loops.block(() -> {
            Found result;
            try {
                InetAddress[] addresses = InetAddress.getAllByName(destination.host());
                result = new Found(addresses, destination.tls() ? encrypt(destination) : channel -> {});
            } catch (Exception exception) {
                failed.accept(exception);
                return;
            }
            found.accept(result);
        });
    }

    private Consumer<Channel> encrypt(Destination destination) throws Exception {
        SslContext context = tls.context();
        return channel -> {
            SslHandler handler =
                    context.newHandler(channel.alloc(), destination.host(), destination.port(), workers::runInAnyCase);
            handler.setHandshakeTimeoutMillis(0); // the attempt has a limit for all of it
            channel.pipeline().addLast(handler);
        };
    }

    /** Ends the pipeline while a connection is made: what fails then is reported by the futures of the attempt. */
    private static final class FailuresAreReported extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** A socket that is about to connect; its handlers are {@code security} and {@link #CONNECTING}. */
    ChannelFuture open(EventLoop loop, InetSocketAddress address, Consumer<Channel> security) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffers())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        security.accept(channel);
                        channel.pipeline().addLast(CONNECTING, new FailuresAreReported());
                    }
                })
                .connect(address);
    }

    /** Few and small reads at once, since a body is read only as fast as it is taken. */
    static AdaptiveRecvByteBufAllocator receiveBuffers() {
        AdaptiveRecvByteBufAllocator buffers = new AdaptiveRecvByteBufAllocator(512, 8 * 1024, READ_BUFFER);
        buffers.maxMessagesPerRead(READS_AT_ONCE);
        return buffers;
    }
}
