package dev.millrace.core.transport;

import dev.millrace.core.calls.Thrown;
import dev.millrace.core.transport.ServerAnswer.Framing;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to a listener and its answer. Its state belongs to the event loop of its on. */
final class ServerExchange implements InboundBody.Source, BodyWriter.Events {
    private static final Logger log = LoggerFactory.getLogger(Transport.class);

    private final RequestChannel on;
    private final Channel channel;
    private Workers workers;
    private final io.netty.handler.codec.http.HttpRequest head;
    private final boolean http11;
    private @Nullable Route route;
    private @Nullable InboundBody body;
    private @Nullable BodyWriter writer;
    private long receivedBytes;
    private long waitedNanos;
    private long waitingSince;
    private boolean waits;
    private long takenBefore;
    private boolean continueExpected;
    private boolean keepAlive;
    private boolean received;
    private boolean answering;
    private boolean over;

    ServerExchange(RequestChannel on, io.netty.handler.codec.http.HttpRequest head) {
        this.on = on;
        this.channel = on.channel();
        this.workers = on.listener().workers();
        this.head = head;
        this.keepAlive = HttpUtil.isKeepAlive(head);
        this.http11 = head.protocolVersion().isKeepAliveDefault();
    }

    /** Whether the request is complete. */
    boolean isReceived() {
        return received;
    }

    /** Calls the handler, or answers in its place. */
    void begin(RequestCheck check) {
        RouteTable.Entry entry = check.entry();
        if (entry == null) {
            refuse(check.status(), check.reason());
            return;
        }
        route = entry.route();
        continueExpected = HttpUtil.is100ContinueExpected(head);
        call(entry, check.uri());
    }

    private void call(RouteTable.Entry entry, URI uri) {
        Route to = entry.route();
        if (to.workers() != null) {
            workers = new Workers(to.workers());
        }
        boolean chunked = HttpUtil.isTransferEncodingChunked(head);
        long length = HttpUtil.getContentLength(head, -1L);
        HttpBody given = HttpBody.empty();
        if (chunked || length > 0) {
            InboundBody streamed =
                    new InboundBody(workers, this, chunked ? OptionalLong.empty() : OptionalLong.of(length));
            body = streamed;
            given = streamed;
        }
        HttpRequest request = new HttpRequest(
                head.method().name(), uri, HeaderFields.of(head.headers()), given, Optional.of(on.peer()));
        boolean called = workers.run(() -> {
            try {
                CompletionStage<HttpResponse> answer = to.handler().handle(request);
                answer.whenComplete((response, failure) -> {
                    entry.leave();
                    answered(response, failure);
                });
            } catch (Throwable failure) { // whatever it is, the client gets an answer
                entry.leave();
                answered(null, failure);
            }
        });
        if (!called) {
            entry.leave();
            refuse(503, "the host is stopping");
        }
    }

    /* On the handler's own thread: what it threw, and its body, are asked here for what the event loop has to know. */
    private void answered(@Nullable HttpResponse given, @Nullable Throwable failure) {
        HttpResponse response = null;
        String reason = "";
        try {
            if (given == null) {
                reason = failure == null ? "it gave null" : Thrown.stack(failure);
            } else {
                response = new HttpResponse(given.status(), given.headers(), FixedBody.of(given.body()));
            }
        } catch (Throwable e) { // of the body
            reason = Thrown.stack(e);
        }
        HttpResponse fixed = response;
        String why = reason;
        onLoop(() -> answer(fixed, why));
    }

    /** Takes a part of the request's body, and the duty to release it. */
    void content(HttpContent content) {
        stopWaiting();
        receivedBytes += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        received = received || last;
        if (!answering && last && route != null && route.workers() != null) {
            on.awaitAnswer();
        } else if (!answering) {
            on.awaitNothing();
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            tellHandler(new IOException("the request's body can not be read"));
            refuse(400, "the body can not be read");
        } else if (route != null && receivedBytes > route.maxBodyBytes() && !over) {
            content.release();
            tellHandler(new BodyTooLargeException(route.maxBodyBytes()));
            refuse(413, RequestCheck.tooLarge(route));
        } else if (body == null) {
            content.release();
        } else {
            body.add(content.content());
            if (last) {
                body.end(HeaderFields.of(((LastHttpContent) content).trailingHeaders()));
            }
        }
    }

    private void tellHandler(IOException reason) {
        if (body != null) {
            body.fail(reason);
        }
    }

    /** Answers in the handler's place and closes the on. */
    private void refuse(int status, String text) {
        if (over) {
            return;
        }
        over = true;
        if (answering) {
            stopWriting();
            channel.close();
            return;
        }
        on.listener().refused(status);
        channel.writeAndFlush(ServerAnswer.closing(status, text)).addListener(write -> end(false));
    }

    /** What the handler said. */
    private void answer(@Nullable HttpResponse response, String reason) {
        if (over || answering || !channel.isActive()) {
            if (response != null) {
                UnreadBody.drop(response.body(), workers);
            }
            return;
        }
        if (response == null) {
            report("failed to answer: " + reason);
            refuse(500, "internal error");
            return;
        }
        keepAlive =
                keepAlive && received && !on.listener().isClosing() && !HeaderFields.asksToClose(response.headers());
        Framing framing = ServerAnswer.framing(response.status(), response.body(), http11);
        keepAlive = keepAlive && framing != Framing.UNTIL_CLOSED;
        io.netty.handler.codec.http.HttpResponse answerHead;
        try {
            answerHead = ServerAnswer.head(response, framing, http11, keepAlive);
        } catch (IllegalArgumentException invalid) {
            UnreadBody.drop(response.body(), workers);
            report("gave an answer that can not be sent: " + invalid.getMessage());
            refuse(500, "internal error");
            return;
        }
        answering = true;
        HttpBody sent = response.body();
        if (framing == Framing.NO_BODY || head.method().name().equals("HEAD")) {
            UnreadBody.drop(sent, workers);
            sent = HttpBody.empty();
        }
        writer = new BodyWriter(channel, workers, sent, framing == Framing.CHUNKED, this);
        writer.start(answerHead);
        if (!over) {
            on.awaitTaken();
        }
    }

    private void report(String what) {
        String owner = route == null ? "" : route.owner();
        on.listener().failures().report(head.method().name(), head.uri(), owner + " " + what);
    }

    void writable() {
        if (writer != null) {
            writer.write();
        }
    }

    @Override
    public void bodyWritten() {
        over = true;
        end(keepAlive);
    }

    @Override
    public void bodyFailed(Throwable reason) {
        if (!over && channel.isActive()) {
            report("could not end its answer: " + reason);
        }
        over = true;
        channel.close();
    }

    private void end(boolean keep) {
        on.awaitNothing();
        tellHandler(new IOException("the request is answered already"));
        if (received) {
            on.finished(keep);
        } else {
            on.linger();
        }
    }

    /** The client has sent or taken nothing for too long. */
    void late() {
        if (writer != null) {
            if (!writer.isPending() || writer.taken() > takenBefore) {
                takenBefore = writer.taken();
                on.awaitTaken();
                return;
            }
            gone(new IOException("the client takes nothing"));
            channel.close();
        } else if (received) {
            report("has not answered in time");
            unanswered();
            refuse(503, "no answer in time");
        } else {
            tellHandler(new IOException("the client has sent nothing for too long"));
            refuse(408, "the rest of the request did not come in time");
        }
    }

    private void unanswered() {
        if (route != null) {
            route.unanswered().run();
        }
    }

    /** The connection is lost. */
    void gone(IOException reason) {
        over = true;
        stopWriting();
        tellHandler(reason);
    }

    private void stopWriting() {
        if (writer != null) {
            writer.stop();
        }
    }

    @Override
    public void more() {
        onLoop(() -> {
            if (over || received) {
                return;
            }
            if (continueExpected) {
                continueExpected = false;
                channel.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            }
            if (answering) {
                channel.read();
            } else {
                awaitBody();
            }
        });
    }

    /* Who sends a little again and again is waited for in all as long as one who sends as slowly as may be. */
    private void awaitBody() {
        stopWaiting();
        ServerLimits limits = on.listener().limits();
        long left = Math.max(0, limits.patienceNanos(receivedBytes) - waitedNanos);
        on.awaitBody(Duration.ofNanos(Math.min(left, limits.readTimeout().toNanos())));
        waits = true;
        waitingSince = System.nanoTime();
    }

    private void stopWaiting() {
        if (waits) {
            waits = false;
            waitedNanos += System.nanoTime() - waitingSince;
        }
    }

    @Override
    public void delivered() {}

    @Override
    public void abandoned() {
        onLoop(() -> keepAlive = keepAlive && received);
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            log.debug("a late call for a connection that is gone", stopped);
        }
    }
}
