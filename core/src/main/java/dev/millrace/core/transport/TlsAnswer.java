package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Looks whether a server answers plain HTTP with a record of TLS, and then steps aside. */
final class TlsAnswer extends ChannelInboundHandlerAdapter {
    /** The type of a record that carries an alert: RFC 8446, section 5.1. */
    private static final int ALERT = 21;

    private static final int MAJOR_VERSION = 3;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        boolean alert = bytes.readableBytes() > 1
                && bytes.getByte(bytes.readerIndex()) == ALERT
                && bytes.getByte(bytes.readerIndex() + 1) == MAJOR_VERSION;
        if (alert) {
            bytes.release();
            context.fireExceptionCaught(
                    new HttpConfigurationException("the server speaks TLS (is it https:// and not http://?)"));
            return;
        }
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }
}
