package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One connection of a client, which carries one exchange after another. Its state belongs to its event loop. */
final class ClientConnection extends ChannelInboundHandlerAdapter implements BodyWriter.Events {
    /** Never asked for: an answer without a body, behind which nothing that is HTTP comes. */
    private static final int SWITCHING_PROTOCOLS = 101;

    static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_PIECE = 64 * 1024;

    private final ConnectionPool pool;
    private final Destination destination;
    private final Workers workers;
    private final Channel channel;
    private final Watchdog idle;
    private @Nullable Exchange exchange;
    private @Nullable BodyWriter writer;
    private @Nullable InboundBody body;
    private dev.millrace.spi.http.@Nullable HttpResponse withoutBody;
    private boolean used;
    private boolean requestWritten;
    private boolean answerBegun;
    private boolean interim;
    private boolean keepAlive;
    private long received;

    ClientConnection(ConnectionPool pool, Destination destination, Workers workers, Channel channel) {
        this.pool = pool;
        this.destination = destination;
        this.workers = workers;
        this.channel = channel;
        this.idle = new Watchdog(channel.eventLoop(), channel::close);
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(MAX_PIECE);
        if (!destination.tls()) {
            channel.pipeline().addLast(new TlsAnswer());
        }
        channel.pipeline().addLast(new HttpClientCodec(limits, false, false), this);
    }

    Destination destination() {
        return destination;
    }

    /** Whether what it was encrypted with has been replaced. */
    boolean isOutdated(int generation) {
        Integer own = channel.attr(Connector.GENERATION).get();
        return own != null && own != generation;
    }

    /** Carries out an exchange, or hands it back to the pool if the server has closed the connection. Any thread. */
    void start(Exchange next) {
        onLoop(() -> begin(next), next);
    }

    /** Gives an exchange up. Any thread. */
    void abort(Exchange given, Throwable reason) {
        onLoop(
                () -> {
                    if (exchange == given) {
                        close(reason);
                    } else {
                        given.fail(reason);
                    }
                },
                given);
    }

    private void onLoop(Runnable task, Exchange concerned) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            concerned.fail(new IOException(destination + ": the host is stopping"));
        }
    }

    /** Waits for the next exchange, for a limited time. On the event loop. */
    void park(Duration limit) {
        idle.arm(limit);
        channel.read(); // notices when the server closes
    }

    /** Closes the connection. Any thread. */
    void close() {
        channel.close();
    }

    private void begin(Exchange next) {
        idle.disarm();
        if (!channel.isActive()) {
            pool.submit(next);
            return;
        }
        if (!next.begin(this)) {
            pool.release(this);
            return;
        }
        exchange = next;
        body = null;
        withoutBody = null;
        requestWritten = false;
        answerBegun = false;
        interim = false;
        received = 0;
        boolean chunked = HttpUtil.isTransferEncodingChunked(next.head());
        writer = new BodyWriter(channel, workers, next.request().body(), chunked, this);
        writer.start(next.head());
        channel.read();
    }

    @Override
    public void bodyWritten() {
        requestWritten = true;
    }

    @Override
    public void bodyFailed(Throwable reason) {
        close(Failures.of(destination, pool.tls(), reason));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpObject part = (HttpObject) message;
        Exchange on = exchange;
        if (on == null) {
            ReferenceCountUtil.release(message);
            channel.close(); // nothing was asked
            return;
        }
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            close(illFormed(part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpResponse head) {
            begin(on, head);
        }
        if (part instanceof HttpContent content) {
            content(on, content);
        }
    }

    private IOException illFormed(Throwable cause) {
        IOException known = Failures.of(destination, pool.tls(), cause);
        return String.valueOf(known.getMessage()).contains("larger than")
                ? known
                : new IOException(destination + ": the answer is not HTTP/1.1: " + cause.getMessage(), cause);
    }

    private void begin(Exchange on, HttpResponse head) {
        int status = head.status().code();
        if (status < 100) {
            close(new IOException(destination + ": status " + status + " in the answer (expected: 100 to 999)"));
            return;
        }
        interim = status < 200 && status != SWITCHING_PROTOCOLS;
        if (interim) {
            return;
        }
        answerBegun = true;
        keepAlive = status != SWITCHING_PROTOCOLS && HttpUtil.isKeepAlive(head) && HttpUtil.isKeepAlive(on.head());
        long length = HttpUtil.getContentLength(head, -1L);
        boolean chunked = HttpUtil.isTransferEncodingChunked(head);
        boolean empty = length == 0 && !chunked
                || status == SWITCHING_PROTOCOLS
                || status == 204
                || status == 304
                || on.request().method().equals("HEAD");
        InboundBody answerBody = empty
                ? null
                : new InboundBody(
                        workers,
                        new BodySource(on),
                        length < 0 || chunked ? OptionalLong.empty() : OptionalLong.of(length));
        body = answerBody;
        HttpBody given = answerBody == null ? HttpBody.empty() : answerBody;
        var answer = new dev.millrace.spi.http.HttpResponse(status, HeaderFields.of(head.headers()), given);
        if (answerBody == null) {
            withoutBody = answer;
        } else {
            on.answered(answer, answerBody);
        }
    }

    private void content(Exchange on, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (interim || body == null || exchange != on) {
            content.release();
        } else {
            received += content.content().readableBytes();
            body.add(content.content());
        }
        if (last && interim) {
            interim = false;
        } else if (last && exchange == on) {
            complete(on, ((LastHttpContent) content).trailingHeaders());
        }
    }

    /** The answer has ended: the connection is made free first, so that who goes on with the answer finds it. */
    private void complete(Exchange on, HttpHeaders trailers) {
        InboundBody ended = body;
        exchange = null;
        body = null;
        used = true;
        if (writer != null) {
            writer.stop();
        }
        if (keepAlive && requestWritten && channel.isActive()) {
            pool.release(this);
        } else {
            channel.close();
        }
        if (ended != null) {
            ended.end(HeaderFields.of(trailers));
        } else if (withoutBody != null) {
            on.answered(withoutBody, null);
            withoutBody = null;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null && !answerBegun) {
            channel.read(); // an interim answer came
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (writer != null && channel.isWritable()) {
            writer.write();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(Failures.of(destination, pool.tls(), cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange on = exchange;
        idle.close();
        if (on != null && used && !answerBegun && on.repeat()) {
            exchange = null;
            pool.removed(this);
            pool.submitFresh(on);
            return;
        }
        close(new IOException(destination
                + (answerBegun
                        ? ": the server closed the connection in the middle of the answer, after " + received
                                + " bytes of its body"
                        : ": the server closed the connection without an answer")));
        pool.removed(this);
    }

    private void close(Throwable reason) {
        Exchange on = exchange;
        exchange = null;
        body = null;
        if (writer != null) {
            writer.stop();
        }
        channel.close();
        if (on != null) {
            on.fail(reason);
        }
    }

    /** What the body of an exchange's answer does to the connection. */
    private final class BodySource implements InboundBody.Source {
        private final Exchange on;

        BodySource(Exchange on) {
            this.on = on;
        }

        @Override
        public void more() {
            onLoop(
                    () -> {
                        if (exchange == on) {
                            channel.read();
                        }
                    },
                    on);
        }

        @Override
        public void delivered() {
            on.bodyClosed();
        }

        @Override
        public void abandoned() {
            on.bodyClosed();
            onLoop(
                    () -> {
                        if (exchange == on) {
                            close(new IOException(destination + ": the rest of the answer is not wanted"));
                        }
                    },
                    on);
        }
    }
}
