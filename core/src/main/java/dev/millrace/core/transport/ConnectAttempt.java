package dev.millrace.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to connect to a destination: looks up its addresses, tries them in turn and shakes hands, all within one
 * time limit. Its state belongs to its event loop.
 */
final class ConnectAttempt {
    /** What becomes of it: exactly one call, on the event loop. */
    interface Result {
        void connected(Channel channel);

        void failed(IOException reason);
    }

    private static final Logger log = LoggerFactory.getLogger(Transport.class);

    private final Connector connector;
    private final Destination destination;
    private final Duration limit;
    private final Result result;
    private final EventLoop loop;
    private final long began = System.nanoTime();
    private @Nullable Channel current;
    private @Nullable Future<?> alarm;
    private boolean over;

    ConnectAttempt(Connector connector, Destination destination, Duration limit, Result result) {
        this.connector = connector;
        this.destination = destination;
        this.limit = limit;
        this.result = result;
        this.loop = connector.loops().next();
    }

    void start() {
        loop.execute(() -> {
            alarm = loop.schedule(
                    () -> fail(Failures.connectTimeout(destination, limit)), limit.toNanos(), TimeUnit.NANOSECONDS);
            connector.lookUp(
                    destination,
                    found -> onLoop(() -> tryAddress(found, 0)),
                    failure -> onLoop(() -> fail(Failures.of(destination, failure))));
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopped) {
            log.debug("a look-up ended after the transport was closed", stopped);
        }
    }

    private void tryAddress(Connector.Found found, int index) {
        if (over) {
            return;
        }
        InetAddress address = found.addresses()[index];
        ChannelFuture connecting =
                connector.open(loop, new InetSocketAddress(address, destination.port()), found.security());
        current = connecting.channel();
        int left = found.addresses().length - index;
        Runnable giveUp = () -> connecting.channel().close();
        Future<?> impatience = left == 1 ? null : loop.schedule(giveUp, share(left), TimeUnit.NANOSECONDS);
        connecting.addListener(connect -> {
            if (impatience != null) {
                impatience.cancel(false);
            }
            if (connect.isSuccess()) {
                shakeHands(connecting.channel());
            } else if (left > 1) {
                tryAddress(found, index + 1);
            } else {
                fail(Failures.of(destination, connect.cause()));
            }
        });
    }

    /** The time for this address, so that the ones behind it have a chance too. */
    private long share(int left) {
        return Math.max(1, limit.toNanos() - (System.nanoTime() - began)) / left;
    }

    private void shakeHands(Channel channel) {
        SslHandler security = channel.pipeline().get(SslHandler.class);
        if (security == null) {
            succeed(channel);
            return;
        }
        security.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                succeed(channel);
            } else {
                fail(Failures.of(destination, handshake.cause()));
            }
        });
    }

    private void succeed(Channel channel) {
        if (over) {
            channel.close();
            return;
        }
        finish();
        channel.pipeline().remove(Connector.CONNECTING);
        result.connected(channel);
    }

    private void fail(IOException reason) {
        if (over) {
            return;
        }
        finish();
        if (current != null) {
            current.close();
        }
        result.failed(reason);
    }

    private void finish() {
        over = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
