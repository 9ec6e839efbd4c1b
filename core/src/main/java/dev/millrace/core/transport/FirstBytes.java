package dev.millrace.core.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells that bytes have come, whatever becomes of them. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final Runnable come;

    FirstBytes(Runnable come) {
        this.come = come;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        come.run();
        context.fireChannelRead(bytes);
    }
}
