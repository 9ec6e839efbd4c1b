package dev.millrace.core.transport;

import dev.millrace.spi.http.Peer;
import dev.millrace.spi.http.ServerTlsSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One server socket, its routes and its connections. Thread-safe. */
final class Listener implements RequestChannel.Carrier {
    private static final int BACKLOG = 1024;
    private static final int MAX_PIECE = 64 * 1024;

    /** To how many connections over the limit it says so; more are closed at once, so that they take no room. */
    private static final int MAX_ANSWERED = 64;

    private final EventLoops loops;
    private final Workers workers;
    private final ServerLimits limits;
    private final Refusals refusals;
    private final RouteTable routes = new RouteTable();
    private final HandlerFailures failures = new HandlerFailures();
    private final Set<OpenConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean closing;
    private volatile @Nullable ServerTls tls;
    private volatile int maxConnections;
    private @Nullable Channel channel;
    private InetSocketAddress address = new InetSocketAddress(0);

    Listener(EventLoops loops, Workers workers, ServerLimits limits, Refusals refusals) {
        this.loops = loops;
        this.workers = workers;
        this.limits = limits;
        this.refusals = refusals;
        this.maxConnections = limits.maxConnections();
    }

    RouteTable routes() {
        return routes;
    }

    HandlerFailures failures() {
        return failures;
    }

    ServerLimits limits() {
        return limits;
    }

    Workers workers() {
        return workers;
    }

    /** The bound address. */
    InetSocketAddress address() {
        return address;
    }

    boolean isClosing() {
        return closing;
    }

    void bind(InetSocketAddress asked) throws IOException {
        if (asked.isUnresolved()) {
            throw new IOException(text(asked) + ": no address found for the host '" + asked.getHostString() + "'");
        }
        ChannelFuture binding = new ServerBootstrap()
                .group(loops.group())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, Connector.receiveBuffers())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accept(accepted);
                    }
                })
                .bind(asked)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(text(asked) + ": " + reason(binding.cause()), binding.cause());
        }
        channel = binding.channel();
        address = (InetSocketAddress) binding.channel().localAddress();
    }

    /** Why a socket could not be bound, in words for a person. */
    static String reason(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("already in use")) {
            return "address already in use (expected: a free port)";
        }
        if (lower.contains("cannot assign")) {
            return "not an address of this machine";
        }
        if (lower.contains("permission denied")) {
            return "no permission to listen there (expected: a port from 1024 on)";
        }
        return words;
    }

    private void accept(Channel accepted) {
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeaderBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setMaxChunkSize(MAX_PIECE);
        boolean full = connections.size() >= maxConnections;
        ServerTls encryption = tls;
        if (full) {
            refused(Refusals.Reason.TOO_MANY);
            boolean answers = encryption == null && answered.incrementAndGet() <= MAX_ANSWERED;
            if (encryption == null) {
                accepted.closeFuture().addListener(closed -> answered.decrementAndGet());
            }
            if (!answers) { // one by TLS would take a handshake
                accepted.close();
                return;
            }
        } else if (encryption != null) {
            encrypt(accepted, encryption);
        }
        HttpServerCodec codec = new HttpServerCodec(decoding);
        RequestChannel connection = new RequestChannel(this, this, accepted, full);
        if (!full) {
            connections.add(connection);
            FirstBytes bytes = new FirstBytes(connection::bytesCame);
            ClientPreface preface = new ClientPreface(() -> {
                accepted.pipeline().remove(bytes);
                multiplex(accepted, codec, connection);
            });
            accepted.pipeline().addLast(bytes, preface);
        }
        accepted.pipeline().addLast(codec, connection);
    }

    private void encrypt(Channel accepted, ServerTls encryption) {
        SslContext context = encryption.context();
        if (context == null) {
            accepted.close(); // its files could not be read again
            return;
        }
        if (encryption.isDue()) {
            loops.block(encryption::look);
        }
        SslHandler handler = context.newHandler(accepted.alloc(), workers::runInAnyCase);
        handler.setHandshakeTimeoutMillis(limits.readTimeout().toMillis());
        accepted.pipeline().addLast(handler);
    }

    /** It closes a connection. */
    void refused(Refusals.Reason reason) {
        refusals.connection(address, reason);
    }

    /** It answers a request itself. */
    void refused(int status) {
        refusals.request(address, status);
    }

    /** What a client sent is not TLS, or not as it is wanted. */
    void handshakeFailed(Channel connection, SSLException failure) {
        refused(Refusals.Reason.TLS);
        String reason = failure instanceof NotSslRecordException
                ? "the client does not speak TLS (is it http:// and not https://?)"
                : String.valueOf(failure.getMessage());
        failures.report("TLS", text(Peers.address(connection)), reason);
    }

    /** The client speaks HTTP/2. */
    private void multiplex(Channel accepted, HttpServerCodec codec, RequestChannel connection) {
        accepted.pipeline().remove(codec);
        accepted.pipeline().remove(connection);
        connections.add(MultiplexedConnection.on(accepted, this));
        connections.remove(connection);
    }

    @Override
    public boolean carriesMany() {
        return true;
    }

    @Override
    public Peer peer(Channel connection) {
        return Peers.of(connection, "HTTP/1.1");
    }

    @Override
    public void endAnswer(Channel connection) {
        SslHandler encryption = connection.pipeline().get(SslHandler.class);
        if (encryption != null) {
            encryption.closeOutbound();
        } else if (connection instanceof SocketChannel socket) {
            socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        connection.config().setAutoRead(true);
    }

    @Override
    public void closed(RequestChannel connection) {
        closed((OpenConnection) connection);
    }

    /**
     * Serves a route.
     *
     * @throws IOException if its encryption can not be used, or what {@link RouteTable#add} says
     */
    RouteTable.Entry serve(Route route) throws IOException {
        ServerTls own = tls;
        ServerTls asked = route.encryption().isEmpty()
                ? null
                : own != null && own.settings().equals(route.encryption().get())
                        ? own
                        : new ServerTls(route.encryption().get(), System::nanoTime);
        if (asked != null) {
            asked.current();
        }
        RouteTable.Entry entry = routes.add(route);
        tls = asked;
        routesChanged();
        connections.forEach(OpenConnection::proceed);
        return entry;
    }

    /** A route came or went: encryption and limits are those of the routes that are there. Connections stay as they are. */
    void routesChanged() {
        maxConnections =
                Math.min(limits.maxConnections(), routes.maxConnections().orElse(Integer.MAX_VALUE));
        ServerTls own = tls;
        Optional<ServerTlsSettings> now = routes.encryption();
        if (!now.equals(Optional.ofNullable(own).map(ServerTls::settings))) {
            ServerTls other = now.map(settings -> new ServerTls(settings, System::nanoTime))
                    .orElse(null);
            if (other != null) {
                other.look();
            }
            tls = other;
        }
    }

    /** No request waits for a handler any more. */
    void settle() {
        routes.settle();
        connections.forEach(OpenConnection::proceed);
    }

    void closed(OpenConnection connection) {
        connections.remove(connection);
        if (closing && connections.isEmpty()) {
            drained.complete(null);
        }
    }

    /** Closes the socket at once, idle connections too, and the others when they are done or the time has passed. */
    CompletableFuture<Void> close(Duration drain) {
        closing = true;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
            awaitRelease(channel);
        }
        connections.forEach(OpenConnection::closeWhenIdle);
        if (connections.isEmpty()) {
            drained.complete(null);
        } else {
            loops.next()
                    .schedule(() -> connections.forEach(OpenConnection::close), drain.toNanos(), TimeUnit.NANOSECONDS);
        }
        return drained;
    }

    /* The JDK frees the port when the selector has dropped the socket, which is before a task of a later round. */
    static void awaitRelease(Channel closed) {
        closed.eventLoop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** {@code host:port}, as it was written. */
    static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
