package dev.millrace.distribution.comparison.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;

/** How a request of OTLP is sent, and its answer read. */
interface OtlpCall {
    /** Takes what came of a call, once or more often, of which the first counts. */
    interface Answer {
        /** Whether the request was taken. */
        void is(boolean success);
    }

    /** Has the connections of a bootstrap speak the protocol. */
    void prepare(Bootstrap bootstrap);

    /**
     * Sends a request over a connection.
     *
     * @param message with the head of gRPC; unchanged until the answer
     */
    void send(Channel channel, byte[] message, Answer answer);
}
