package dev.millrace.distribution.comparison.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/** A request of protobuf over HTTP/1.1. */
final class HttpCall implements OtlpCall {
    private static final int LARGEST_ANSWER = 64 << 10;

    private final String host;

    HttpCall(String host) {
        this.host = host;
    }

    @Override
    public void prepare(Bootstrap bootstrap) {
        bootstrap.handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_ANSWER), new Status());
            }
        });
    }

    @Override
    public void send(Channel channel, byte[] message, Answer answer) {
        int length = message.length - OtlpRequest.HEAD;
        channel.pipeline().get(Status.class).answer = answer;
        channel.writeAndFlush(new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                OtlpProtocol.HTTP.path(),
                Unpooled.wrappedBuffer(message, OtlpRequest.HEAD, length),
                new DefaultHttpHeaders()
                        .set(HttpHeaderNames.HOST, host)
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/x-protobuf")
                        .set(HttpHeaderNames.CONTENT_LENGTH, length),
                EmptyHttpHeaders.INSTANCE));
    }

    /** Looks at the status of each answer. */
    private static final class Status extends ChannelInboundHandlerAdapter {
        private Answer answer = success -> {};

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            answer.is(((FullHttpResponse) message).status().equals(HttpResponseStatus.OK));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.is(false);
        }
    }
}
