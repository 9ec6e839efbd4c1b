package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A client that speaks HTTP/2 at once, frame by frame, for what no other client would send. */
final class FrameClient implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
            .initialSettings(Http2Settings.defaultSettings())
            .encoderIgnoreMaxHeaderListSize(true)
            .encoderEnforceMaxConcurrentStreams(false)
            .validateHeaders(false)
            .build();
    private final Map<Http2FrameStream, Stream> streams = new ConcurrentHashMap<>();
    private final CompletableFuture<Http2Settings> settings = new CompletableFuture<>();
    private final CompletableFuture<Long> goAway = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Frames handler = new Frames();
    private final boolean takes;
    private final Channel channel;

    FrameClient(InetSocketAddress server) {
        this(server, true);
    }

    /** Where it does not take what comes, the windows of its streams are never opened again. */
    FrameClient(InetSocketAddress server, boolean takes) {
        this.takes = takes;
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline().addLast(codec, handler);
                    }
                })
                .connect(server)
                .syncUninterruptibly()
                .channel();
    }

    /** What the server said first. */
    Http2Settings settings() throws Exception {
        return settings.get(20, TimeUnit.SECONDS);
    }

    /** The error of the server's GOAWAY. */
    Http2Error goAway() throws Exception {
        return Http2Error.valueOf(goAway.get(20, TimeUnit.SECONDS));
    }

    /** Returns when the server has closed the connection. */
    void awaitClose() throws Exception {
        closed.get(20, TimeUnit.SECONDS);
    }

    Channel channel() {
        return channel;
    }

    Stream get(String path) {
        return open("GET", path, true);
    }

    Stream post(String path, String... fields) {
        return open("POST", path, false, fields);
    }

    /** Opens a stream with a header of a method, a path and fields, names and values in turn. */
    Stream open(String method, String path, boolean end, String... fields) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(method)
                .path(path)
                .scheme("http")
                .authority("test");
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        Http2FrameStream stream = handler.newFrameStream();
        Stream opened = new Stream(stream);
        streams.put(stream, opened);
        opened.write(new DefaultHttp2HeadersFrame(headers, end).stream(stream));
        return opened;
    }

    @Override
    public void close() {
        channel.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /**
     * An answer.
     *
     * @param frames what came, such as {@code HEADERS DATA RST_STREAM}; a {@code +} says that a frame ended the stream
     * @param headers of the answer, with its status
     * @param body its text
     * @param trailers the fields behind it
     */
    record Answer(String frames, Map<String, String> headers, String body, Map<String, String> trailers) {
        String status() {
            return headers.get(":status");
        }
    }

    /** One stream. */
    final class Stream {
        private final Http2FrameStream stream;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final Map<String, String> headers = new ConcurrentHashMap<>();
        private final Map<String, String> trailers = new ConcurrentHashMap<>();
        private final StringBuilder frames = new StringBuilder();
        private final StringBuilder body = new StringBuilder();
        private final AtomicLong received = new AtomicLong();

        Stream(Http2FrameStream stream) {
            this.stream = stream;
        }

        private ChannelFuture write(Http2StreamFrame frame) {
            return channel.writeAndFlush(frame);
        }

        /** Sends a piece of the body; done when the windows had room for it. */
        ChannelFuture send(String text, boolean end) {
            ByteBuf bytes = Unpooled.copiedBuffer(text, UTF_8);
            return write(new DefaultHttp2DataFrame(bytes, end).stream(stream));
        }

        void sendTrailers(String name, String value) {
            Http2Headers fields = new DefaultHttp2Headers().add(name, value);
            write(new DefaultHttp2HeadersFrame(fields, true).stream(stream));
        }

        void reset() {
            write(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream));
        }

        /** How many bytes of the body have come. */
        long received() {
            return received.get();
        }

        /** Whether the server has ended the stream. */
        boolean isAnswered() {
            return answer.isDone();
        }

        /** The answer, when the server has ended the stream. */
        Answer answer() throws Exception {
            return answer.get(20, TimeUnit.SECONDS);
        }

        /* What the server has not reset within its answer may still be reset behind it. */
        private void took(String name, boolean end) {
            frames.append(frames.isEmpty() ? "" : " ").append(name).append(end ? "+" : "");
            if (end) {
                answer.complete(
                        new Answer(frames.toString(), Map.copyOf(headers), body.toString(), Map.copyOf(trailers)));
            }
        }
    }

    /** Takes what comes. */
    private final class Frames extends Http2ChannelDuplexHandler {
        Http2FrameStream newFrameStream() {
            return newStream();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof Http2SettingsFrame frame) {
                    codec.connection().local().maxActiveStreams(Integer.MAX_VALUE); // for a client without manners
                    settings.complete(frame.settings());
                } else if (message instanceof Http2GoAwayFrame frame) {
                    goAway.complete(frame.errorCode());
                } else if (message instanceof Http2StreamFrame frame && streams.get(frame.stream()) != null) {
                    take(context, frame, streams.get(frame.stream()));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void take(ChannelHandlerContext context, Http2StreamFrame frame, Stream stream) {
            if (frame instanceof Http2HeadersFrame headers) {
                Map<String, String> into = stream.headers.isEmpty() ? stream.headers : stream.trailers;
                headers.headers()
                        .forEach(field -> into.put(
                                field.getKey().toString(), field.getValue().toString()));
                stream.took("HEADERS", headers.isEndStream());
            } else if (frame instanceof Http2DataFrame data) {
                stream.body.append(data.content().toString(UTF_8));
                stream.received.addAndGet(data.content().readableBytes());
                stream.took("DATA", data.isEndStream());
                if (takes) {
                    context.write(
                            new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(stream.stream));
                }
            } else if (frame instanceof Http2ResetFrame reset) {
                stream.took("RST_STREAM " + Http2Error.valueOf(reset.errorCode()), true);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.channel().close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed.complete(null);
        }
    }
}
