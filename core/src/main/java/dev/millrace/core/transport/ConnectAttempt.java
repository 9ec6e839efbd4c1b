package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.TlsSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final Optional<Proxy> proxy;
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
        this.proxy = connector.proxies().to(destination);
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
                    failure -> onLoop(() -> fail(onTheWay(failure))));
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
        int port = proxy.map(Proxy::address).orElse(destination).port();
        ChannelFuture connecting = connector.open(
                loop, new InetSocketAddress(address, port), proxy.isPresent() ? channel -> {} : found.security());
        current = connecting.channel();
        int left = found.addresses().length - index;
        Runnable giveUp = () -> connecting.channel().close();
        Future<?> impatience = left == 1 ? null : loop.schedule(giveUp, share(left), TimeUnit.NANOSECONDS);
        connecting.addListener(connect -> {
            if (impatience != null) {
                impatience.cancel(false);
            }
            if (connect.isSuccess()) {
                connected(connecting.channel(), found.security());
            } else if (left > 1) {
                tryAddress(found, index + 1);
            } else {
                fail(onTheWay(connect.cause()));
            }
        });
    }

    /** The time for this address, so that the ones behind it have a chance too. */
    private long share(int left) {
        return Math.max(1, limit.toNanos() - (System.nanoTime() - began)) / left;
    }

    private void connected(Channel channel, Consumer<Channel> security) {
        if (proxy.isEmpty() || !destination.tls()) {
            shakeHands(channel);
            return;
        }
        ProxyTunnel.open(channel, proxy.get(), destination).addListener(tunnel -> {
            if (tunnel.isSuccess()) {
                security.accept(channel);
                shakeHands(channel);
            } else {
                fail(onTheWay(tunnel.cause()));
            }
        });
    }

    /** The failure of the way to the destination, or to the proxy. */
    private IOException onTheWay(Throwable cause) {
        TlsSettings tls = connector.tls().settings();
        if (proxy.isEmpty()) {
            return Failures.of(destination, tls, cause);
        }
        IOException atProxy = Failures.of(proxy.get().address(), tls, cause);
        String message = destination + ": by way of the proxy " + atProxy.getMessage();
        return atProxy instanceof HttpConfigurationException
                ? new HttpConfigurationException(message)
                : new IOException(message, cause);
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
                fail(Failures.of(destination, connector.tls().settings(), handshake.cause()));
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
        result.failed(nothingSent(reason));
    }

    /** Says by its type that the destination got nothing. */
    private static IOException nothingSent(IOException reason) {
        if (reason instanceof HttpConfigurationException) {
            return reason;
        }
        ConnectException exception = new ConnectException(reason.getMessage());
        exception.initCause(reason);
        return exception;
    }

    private void finish() {
        over = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
