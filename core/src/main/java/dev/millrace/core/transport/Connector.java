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
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sockets for clients, and finds addresses and trust store without blocking an event loop. Thread-safe. */
final class Connector {
    /** The name of the handler that is taken away when the connection is made. */
    static final String CONNECTING = "connecting";

    /** The generation of what encrypts a channel. */
    static final AttributeKey<Integer> GENERATION = AttributeKey.valueOf("millrace.tls.generation");

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int READ_BUFFER = 64 * 1024;
    private static final int READS_AT_ONCE = 4;

    private final EventLoops loops;
    private final Workers workers;
    private final Tls tls;
    private final Proxies proxies;

    Connector(EventLoops loops, Workers workers, Tls tls, Proxies proxies) {
        this.loops = loops;
        this.workers = workers;
        this.tls = tls;
        this.proxies = proxies;
    }

    /** The same with another encryption and other proxies. */
    Connector with(Tls otherTls, Proxies otherProxies) {
        return new Connector(loops, workers, otherTls, otherProxies);
    }

    /**
     * What a lookup found.
     *
     * @param addresses of the destination, or of the proxy on the way to it
     * @param security encrypts a channel that leads to the destination
     */
    record Found(InetAddress[] addresses, Consumer<Channel> security) {}

    Tls tls() {
        return tls;
    }

    Proxies proxies() {
        return proxies;
    }

    /** Looks whether what encrypts connections has changed, if it is time for that; what is found counts from then on. */
    void noticeChanges() {
        if (tls.isDue()) {
            loops.block(() -> {
                try {
                    tls.current();
                } catch (IOException e) {
                    LOG.debug("the next connection will say it", e);
                }
            });
        }
    }

    EventLoops loops() {
        return loops;
    }

    /** Calls {@code found} or {@code failed} later, on a thread that may block. */
    void lookUp(Destination destination, Consumer<Found> found, Consumer<Throwable> failed) {
        loops.block(() -> {
            Found result;
            try {
                InetAddress[] addresses = InetAddress.getAllByName(proxies.to(destination)
                        .map(Proxy::address)
                        .orElse(destination)
                        .host());
                result = new Found(addresses, destination.tls() ? encrypt(destination) : channel -> {});
            } catch (Exception exception) {
                failed.accept(exception);
                return;
            }
            found.accept(result);
        });
    }

    private Consumer<Channel> encrypt(Destination destination) throws Exception {
        RenewedTls.Current current = tls.current();
        String name = tls.settings().serverName().orElse(destination.host());
        return channel -> {
            SslHandler handler =
                    current.context().newHandler(channel.alloc(), name, destination.port(), workers::runInAnyCase);
            tell(name, handler.engine());
            handler.setHandshakeTimeoutMillis(0); // the attempt has a limit for all of it
            channel.attr(GENERATION).set(current.generation());
            channel.pipeline().addFirst(handler);
        };
    }

    /* RFC 6066, section 3. By itself, the JDK tells only names with a dot. */
    @SuppressWarnings("UnusedException") // a name that can not be told, as with an underscore
    private static void tell(String name, SSLEngine engine) {
        if (NetUtil.createByteArrayFromIpAddressString(name) != null) {
            return;
        }
        try {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            engine.setSSLParameters(parameters);
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is no name for the server name indication", name);
        }
    }

    /** Ends the pipeline while a connection is made: what fails then is reported by the futures of the attempt. */
    private static final class FailuresAreReported extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** A socket that is about to connect; its handlers are those of {@code first} and {@link #CONNECTING}. */
    ChannelFuture open(EventLoop loop, InetSocketAddress address, Consumer<Channel> first) {
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
                        first.accept(channel);
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
