package dev.millrace.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client to a listener. Requests are answered one after the other; what a client sends ahead waits,
 * and nothing more is read. Its state belongs to its event loop.
 */
final class ServerConnection extends ChannelInboundHandlerAdapter {
    /** How long what a client still sends is read and dropped, so that it gets to see the answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Listener listener;
    private final Channel channel;
    private final boolean refused;
    private final Watchdog watchdog;
    private final ArrayDeque<Object> ahead = new ArrayDeque<>();
    private @Nullable ServerExchange exchange;
    private boolean lingering;

    /** The head that is first among what was sent ahead waits for its handler, which a reload changes. */
    private boolean waiting;

    /** A {@code refused} connection is answered with 503 and closed. */
    ServerConnection(Listener listener, Channel channel, boolean refused) {
        this.listener = listener;
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
        watchdog.arm(listener.limits().idleTimeout());
        channel.read();
    }

    /** A time limit has passed. */
    private void late() {
        ServerExchange on = exchange;
        if (waiting) {
            waiting = false;
            channel.writeAndFlush(ServerAnswer.closing(503, "not ready")).addListener(write -> linger());
        } else if (on == null || lingering) {
            channel.close();
        } else {
            on.late();
        }
    }

    /** The client is expected to send. */
    void awaitBody() {
        watchdog.arm(listener.limits().readTimeout());
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

    /** A handler came, or none will. Any thread. */
    void proceed() {
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
        if (!keepAlive || listener.isClosing()) {
            channel.close();
            return;
        }
        dispatchAhead();
        if (exchange == null && !lingering && !waiting && channel.isActive()) {
            awaitRequest();
        }
    }

    /** Closes the connection so that the client gets to see the answer although it is still sending. */
    void linger() {
        if (lingering || !channel.isActive()) {
            return;
        }
        lingering = true;
        releaseAhead();
        watchdog.arm(LINGER);
        if (channel instanceof SocketChannel socket) {
            socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        channel.config().setAutoRead(true);
    }

    /** Closes the connection when it has nothing to do. Any thread. */
    void closeWhenIdle() {
        channel.eventLoop().execute(() -> {
            if (exchange == null && !lingering && !waiting) {
                channel.close();
            }
        });
    }

    /** Closes the connection. Any thread. */
    void close() {
        channel.close();
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
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone("the client closed the connection");
        listener.closed(this);
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
