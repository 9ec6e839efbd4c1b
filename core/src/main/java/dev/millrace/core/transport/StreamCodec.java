package dev.millrace.core.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.util.List;

/** Turns the frames of one stream into the messages of HTTP/1.1 and back, so that both are served by the same code. */
final class StreamCodec extends Http2StreamFrameToHttpObjectCodec {
    StreamCodec() {
        super(true);
    }

    /* Without the fields that Netty makes of what has no place in HTTP/1.1. */
    @Override
    protected void decode(ChannelHandlerContext context, Http2StreamFrame frame, List<Object> out) throws Exception {
        super.decode(context, frame, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof HttpMessage head) {
            for (ExtensionHeaderNames name : ExtensionHeaderNames.values()) {
                head.headers().remove(name.text());
            }
        }
    }
}
