package dev.millrace.core.transport;

import dev.millrace.spi.http.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client that speaks HTTP/2 (RFC 9113). Each stream is a channel of its own, with a
 * {@link RequestChannel}: its window grows when the handler has taken what came, so a slow handler holds back its own
 * stream, and the connection only where several of them leave more than {@link #CONNECTION_WINDOW} unread.
 *
 * <p>What a client must not do too often, Netty counts, and ends the connection with ENHANCE_YOUR_CALM: streams that are
 * opened and reset, small continuations of a header, empty data, and pings and settings that wait to be acknowledged.
 */
final class MultiplexedConnection extends ChannelInboundHandlerAdapter
        implements OpenConnection, RequestChannel.Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int STREAM_WINDOW = 128 << 10;
    private static final int CONNECTION_WINDOW = 512 << 10;
    private static final int DEFAULT_WINDOW = (64 << 10) - 1;
    private static final int RESETS = 200;
    private static final int RESETS_WITHIN_SECONDS = 30;
    private static final int CONTROL_FRAMES = 1000;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int EMPTY_DATA = 2;

    private final Listener listener;
    private final Channel channel;
    private final Http2FrameCodec codec;
    private final Peer peer;
    private final Watchdog idle;
    private final Set<RequestChannel> streams = ConcurrentHashMap.newKeySet();

    private MultiplexedConnection(Listener listener, Channel channel) {
        this.listener = listener;
        this.channel = channel;
        this.peer = Peers.of(channel, "HTTP/2");
        this.idle = new Watchdog(channel.eventLoop(), this::closeWhenIdle);
        this.codec = codec(listener.limits());
        codec.connection().remote().maxActiveStreams(listener.limits().maxStreams()); // before the client has agreed
    }

    /** Takes over a channel whose client has sent the preface, which is still to be read. */
    static MultiplexedConnection on(Channel channel, Listener listener) {
        MultiplexedConnection connection = new MultiplexedConnection(listener, channel);
        channel.pipeline().addLast(connection.codec, new Http2MultiplexHandler(connection.streamHandler()), connection);
        channel.write(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - DEFAULT_WINDOW));
        channel.config().setAutoRead(true);
        connection.codec.connection().addListener(connection.new Ends());
        connection.awaitStream();
        return connection;
    }

    private static Http2FrameCodec codec(ServerLimits limits) {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxHeaderListSize(limits.maxHeaderBytes())
                        .maxConcurrentStreams(limits.maxStreams())
                        .initialWindowSize(STREAM_WINDOW))
                .decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_WITHIN_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_WITHIN_SECONDS)
                .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA)
                .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES)
                .gracefulShutdownTimeoutMillis(limits.drainTimeout().toMillis())
                .build();
    }

    private ChannelInitializer<Channel> streamHandler() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.config().setAutoRead(false);
                RequestChannel requests = new RequestChannel(listener, MultiplexedConnection.this, stream, false);
                streams.add(requests);
                idle.disarm();
                stream.pipeline().addLast(new StreamCodec(), requests, new StreamReset());
            }
        };
    }

    private void awaitStream() {
        idle.arm(listener.limits().idleTimeout());
    }

    @Override
    public boolean carriesMany() {
        return false;
    }

    @Override
    public Peer peer(Channel stream) {
        return peer;
    }

    /* RFC 9113, section 8.1: the rest of the request is not needed. */
    @Override
    public void endAnswer(Channel stream) {
        stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void closed(RequestChannel stream) {
        streams.remove(stream);
        if (streams.isEmpty() && channel.isActive()) {
            awaitStream();
        }
    }

    @Override
    public void proceed() {
        streams.forEach(RequestChannel::proceed);
    }

    /* Netty tells the client to open no more streams, and closes when the last one has ended or the time has passed. */
    @Override
    public void closeWhenIdle() {
        channel.close();
    }

    @Override
    public void close() {
        channel.eventLoop().execute(() -> {
            ChannelHandlerContext socket =
                    channel.pipeline().firstContext(); // past Netty, which would wait for streams
            if (socket != null) {
                socket.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        ReferenceCountUtil.release(frame); // of the connection: Netty has done what it asks for
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection of HTTP/2 failed", cause);
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idle.close();
        streams.forEach(RequestChannel::close);
        listener.closed(this);
    }

    /** Counts connections that end because of what came on them. */
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onGoAwaySent(int lastStream, long error, ByteBuf text) {
            if (error != Http2Error.NO_ERROR.code()) {
                listener.refused(Refusals.Reason.HTTP2);
            }
        }
    }

    /** Closes a stream that its client has reset, whatever of it is still to be read. */
    private static final class StreamReset extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                context.channel().close();
            }
            ReferenceCountUtil.release(event);
        }
    }
}
