package dev.millrace.distribution.comparison.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;

/** A unary call of gRPC. */
final class GrpcCall implements OtlpCall {
    private final Http2Headers headers;

    GrpcCall(String authority) {
        headers = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .path(OtlpProtocol.GRPC.path())
                .authority(authority)
                .add("te", "trailers")
                .add("content-type", "application/grpc");
    }

    @Override
    public void prepare(Bootstrap bootstrap) {
        bootstrap.handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                Http2FrameCodecBuilder.forClient().build(),
                                new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                                new OfConnection());
            }
        });
    }

    @Override
    public void send(Channel channel, byte[] message, Answer answer) {
        new Http2StreamChannelBootstrap(channel)
                .handler(new Status(answer))
                .open()
                .addListener(opened -> {
                    if (!opened.isSuccess()) {
                        answer.is(false);
                        return;
                    }
                    Http2StreamChannel stream = (Http2StreamChannel) opened.getNow();
                    stream.write(new DefaultHttp2HeadersFrame(headers));
                    stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(message), true));
                });
    }

    /** Takes what is of no stream, such as settings, which the codec has seen. */
    private static final class OfConnection extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            ReferenceCountUtil.release(frame);
        }
    }

    /** Looks for the status behind the body. */
    private static final class Status extends ChannelInboundHandlerAdapter {
        private final Answer answer;

        Status(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (frame instanceof Http2HeadersFrame trailers && trailers.isEndStream()) {
                CharSequence status = trailers.headers().get("grpc-status");
                answer.is(status != null && "0".contentEquals(status));
            }
            ReferenceCountUtil.release(frame);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.is(false);
        }
    }
}
