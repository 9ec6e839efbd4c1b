package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** Asks a proxy for a tunnel to a destination (RFC 9110, section 9.3.6). Used on its event loop only. */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private final HttpClientCodec codec = new HttpClientCodec();
    private final Proxy proxy;
    private final Destination destination;
    private final Promise<Void> result;

    private ProxyTunnel(Proxy proxy, Destination destination, Promise<Void> result) {
        this.proxy = proxy;
        this.destination = destination;
        this.result = result;
    }

    /** Makes the tunnel; afterwards the channel carries what the destination sends. */
    static Future<Void> open(Channel channel, Proxy proxy, Destination destination) {
        Promise<Void> result = channel.eventLoop().newPromise();
        ProxyTunnel tunnel = new ProxyTunnel(proxy, destination, result);
        channel.pipeline().addFirst(tunnel.codec, tunnel);
        tunnel.ask(channel);
        return result;
    }

    private void ask(Channel channel) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.CONNECT, destination.toString(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, destination.toString());
        request.headers().set(HttpHeaderNames.USER_AGENT, RequestHead.USER_AGENT);
        HeaderFields.copy(proxy.tunnelHeaders(), request.headers());
        proxy.authorization().ifPresent(value -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
        channel.writeAndFlush(request);
        channel.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpObject part = (HttpObject) message;
        ReferenceCountUtil.release(message);
        if (result.isDone()) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            fail(new IOException("it does not speak HTTP/1.1"));
        } else if (part instanceof HttpResponse head && head.status().code() / 100 > 2) {
            fail(refusal(head));
        } else if (part instanceof LastHttpContent) {
            context.pipeline().remove(this);
            context.pipeline().remove(codec);
            result.trySuccess(null);
        }
    }

    private IOException refusal(HttpResponse head) {
        int status = head.status().code();
        if (status == 407) {
            return new HttpConfigurationException(
                    proxy.authorization().isPresent()
                            ? "it does not accept this user and password (407); check those in the proxy's URL"
                            : "it demands a user and a password (407); write the proxy's URL as"
                                    + " http://user:password@host:port");
        }
        String words = "it refused to connect to " + destination + " (" + status + ")";
        return status >= 500
                ? new IOException(words)
                : new HttpConfigurationException(words + "; allow that at the proxy, or name the host in NoProxy");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!result.isDone()) {
            context.read();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("it closed the connection without an answer"));
    }

    private void fail(Throwable reason) {
        result.tryFailure(reason);
    }
}
