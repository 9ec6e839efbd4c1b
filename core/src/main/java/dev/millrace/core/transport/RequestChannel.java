package dev.millrace.core.transport;

import dev.millrace.spi.http.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One channel on which requests come and answers go: a connection of HTTP/1.1, where requests are answered one after the
 * other, what a client sends ahead waits, and nothing more is read; or a stream of HTTP/2, which carries one request. Its
 * state belongs to its event loop.
 */
final class RequestChannel extends ChannelInboundHandlerAdapter implements OpenConnection {
    /** What a channel is on, which makes the difference between a connection and a stream. On the event loop. */
    interface Carrier {
        /** Whether another request can follow an answer. */
        boolean carriesMany();

        /** Who sends the requests. */
        Peer peer(Channel channel);

        /** The answer is written, but not all of the request is read: lets the client see the answer nevertheless. */
        void endAnswer(Channel channel);

        /** The channel is closed. */
        void closed(RequestChannel channel);
    }

    /** How long what a client still sends is read and dropped, so that it gets to see the answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Listener listener;
    private final Carrier carrier;
    private final Channel channel;
    private final boolean refused;
    private final Watchdog watchdog;
    private final ArrayDeque<Object> ahead = new ArrayDeque<>();
    private @Nullable ServerExchange exchange;
    private @Nullable Peer peer;
    private boolean lingering;

    /** A part of a request's header may be there. */
    private boolean begun;

    /** The head that is first among what was sent ahead waits for its handler, which a reload changes. */
    private boolean waiting;

    /** Where it is {@code refused}, it is answered with 503 and closed. */
    RequestChannel(Listener listener, Carrier carrier, Channel channel, boolean refused) {
        this.listener = listener;
        this.carrier = carrier;
        this.channel = channel;
        this.refused = refused;
        this.watchdog = new Watchdog(channel.eventLoop(), this::late);
    }

    Listener listener() {
        return listener;
    }

    Channel channel() {
        return channel;
    }

    /** Who sends the requests. */
    Peer peer() {
        Peer known = peer;
        if (known == null) {
            known = carrier.peer(channel);
            peer = known;
        }
        return known;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (refused) {
            channel.writeAndFlush(ServerAnswer.closing(503, "too many connections"))
                    .addListener(write -> linger());
            return;
        }
        if (listener.isClosing()) {
            channel.close();
            return;
        }
        awaitRequest();
    }

    private void awaitRequest() {
        begun = false;
        watchdog.arm(listener.limits().idleTimeout());
        channel.read();
    }

    /** Bytes came: where no request was there, it is to be complete soon, however many bytes come one by one. */
    void bytesCame() {
        if (exchange == null && !begun && !waiting && !lingering && !refused) {
            begun = true;
            watchdog.arm(listener.limits().headerTimeout());
        }
    }

    private void refuse(int status, String text) {
        listener.refused(status);
        channel.writeAndFlush(ServerAnswer.closing(status, text)).addListener(write -> linger());
    }

    /** A time limit has passed. */
    private void late() {
        ServerExchange on = exchange;
        if (waiting) {
            waiting = false;
            refuse(503, "not ready");
        } else if (on == null && begun && !lingering) {
            begun = false;
            refuse(408, "the rest of the request's header did not come in time");
        } else if (on == null || lingering) {
            channel.close();
        } else {
            on.late();
        }
    }

    /** The client is expected to send within this time. */
    void awaitBody(Duration time) {
        watchdog.arm(time);
        channel.read();
    }

    /** The client is expected to take what is written. */
    void awaitTaken() {
        watchdog.arm(listener.limits().writeTimeout());
    }

    /** The handler is expected to answer. */
    void awaitAnswer() {
        watchdog.arm(listener.limits().answerTimeout());
    }

    /** Nothing is expected of the client. */
    void awaitNothing() {
        watchdog.disarm();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering || refused) {
            ReferenceCountUtil.release(message);
        } else if (ahead.isEmpty() && takes(message)) {
            dispatch(message);
        } else {
            ahead.add(message);
        }
    }

    private void dispatchAhead() {
        while (!ahead.isEmpty() && !lingering && !waiting && takes(ahead.peek())) {
            dispatch(ahead.poll());
        }
    }

    @Override
    public void proceed() {
        channel.eventLoop().execute(() -> {
            if (waiting) {
                waiting = false;
                watchdog.disarm();
                dispatchAhead();
            }
        });
    }

    private boolean takes(Object message) {
        return exchange == null || !(message instanceof HttpRequest) && !exchange.isReceived();
    }

    private void dispatch(Object message) {
        ServerExchange on = exchange;
        if (on == null && message instanceof HttpRequest head) {
            RequestCheck check = RequestCheck.of(head, listener.routes());
            if (check.early()) {
                waiting = true;
                ahead.addFirst(head);
                awaitAnswer();
                return;
            }
            watchdog.disarm();
            on = new ServerExchange(this, head);
            exchange = on;
            on.begin(check);
        }
        if (message instanceof HttpContent content) {
            if (on == null) {
                content.release(); // the end of a request that could not be read
            } else {
                on.content(content);
            }
        }
    }

    /** The answer is written. */
    void finished(boolean keepAlive) {
        exchange = null;
        if (!keepAlive || !carrier.carriesMany() || listener.isClosing()) {
            channel.close();
            return;
        }
        dispatchAhead();
        if (exchange == null && !lingering && !waiting && channel.isActive()) {
            awaitRequest();
        }
    }

    /** Closes the channel so that the client gets to see the answer although it is still sending. */
    void linger() {
        if (lingering || !channel.isActive()) {
            return;
        }
        lingering = true;
        releaseAhead();
        watchdog.arm(LINGER);
        carrier.endAnswer(channel);
    }

    @Override
    public void closeWhenIdle() {
        channel.eventLoop().execute(() -> {
            if (exchange == null && !lingering && !waiting) {
                channel.close();
            }
        });
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Another handler takes the channel over. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        watchdog.close();
    }

    private void releaseAhead() {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && channel.isWritable()) {
            exchange.writable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        gone("the connection failed: " + cause.getMessage());
        if (cause.getCause() instanceof SSLException failure) {
            listener.handshakeFailed(channel, failure);
        }
        channel.eventLoop().execute(channel::close); // not at once: a stream that fails is closed with the reason
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone("the client closed the connection");
        carrier.closed(this);
    }

    private void gone(String reason) {
        watchdog.close();
        releaseAhead();
        ServerExchange on = exchange;
        exchange = null;
        if (on != null) {
            on.gone(new IOException(reason));
        }
    }
}
