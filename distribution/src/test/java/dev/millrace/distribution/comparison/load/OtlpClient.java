package dev.millrace.distribution.comparison.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Instant;

/**
 * A process that exports metrics over a connection of its own: at each interval what it has, as soon as the export before is
 * answered. Used by its event loop only.
 */
final class OtlpClient {
    private final Bootstrap bootstrap;
    private final OtlpCall call;
    private final OtlpRequest request;
    private Channel channel;
    private boolean busy;
    private boolean held;
    private long kept;
    private long failed;

    OtlpClient(Bootstrap bootstrap, OtlpCall call, OtlpRequest request) {
        this.bootstrap = bootstrap;
        this.call = call;
        this.request = request;
    }

    /** Exports, over a new connection where there is none. */
    void export() {
        if (busy || held) {
            return;
        }
        busy = true;
        if (channel != null && channel.isActive()) {
            send();
            return;
        }
        ChannelFuture connected = bootstrap.connect();
        channel = connected.channel();
        connected.addListener(future -> {
            if (future.isSuccess()) {
                send();
            } else {
                answered(false);
            }
        });
    }

    /** Exports no more. */
    void hold() {
        held = true;
    }

    void close() {
        held = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** How many exports were taken. */
    long kept() {
        return kept;
    }

    /** How many were refused or cut, or found nobody. */
    long failed() {
        return failed;
    }

    private void send() {
        Instant now = Instant.now();
        call.send(channel, request.next(now.getEpochSecond() * 1_000_000_000 + now.getNano()), this::answered);
    }

    private void answered(boolean success) {
        if (!busy) {
            return; // the connection ended behind its answer
        }
        busy = false;
        if (success) {
            kept++;
        } else {
            failed++;
        }
    }
}
