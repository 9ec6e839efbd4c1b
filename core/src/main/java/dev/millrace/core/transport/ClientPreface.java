package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Looks whether a client begins with the preface of HTTP/2 (RFC 9113, section 3.4), and then steps aside. So the client
 * decides, on a plain connection as behind TLS.
 */
final class ClientPreface extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private final Runnable found;

    /** Calls {@code found} where the preface comes, and then passes all bytes on. */
    ClientPreface(Runnable found) {
        this.found = found;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        int count = Math.min(bytes.readableBytes(), PREFACE.length);
        for (int i = 0; i < count; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                context.pipeline().remove(this);
                return;
            }
        }
        if (count == PREFACE.length) {
            found.run();
            context.pipeline().remove(this);
        }
    }
}
