package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one body to a channel, in small slices and only while the channel takes them; it asks for the next piece when
 * the last one is written. Its state belongs to the event loop; the signals of the body may come on any thread.
 */
final class BodyWriter implements Flow.Subscriber<ByteBuffer> {
    private static final int SLICE = 32 * 1024;

    /** What becomes of it: exactly one call, on the event loop, unless it is stopped. */
    interface Events {
        void bodyWritten();

        /** The message can not be completed; the connection must be closed. */
        void bodyFailed(Throwable reason);
    }

    private final Channel channel;
    private final Workers workers;
    private final HttpBody body;
    private final OptionalLong length;
    private final boolean trailers;
    private final Events events;
    private Flow.@Nullable Subscription subscription;
    private @Nullable ByteBuf current;
    private long written;
    private long taken;
    private boolean ending;
    private boolean demanded;
    private boolean ended;
    private boolean over;
    private boolean writing;
    private boolean again;

    /** With {@code chunked}, the length is open and trailers are sent. */
    BodyWriter(Channel channel, Workers workers, HttpBody body, boolean chunked, Events events) {
        this.channel = channel;
        this.workers = workers;
        this.body = body;
        this.length = body.length();
        this.trailers = chunked;
        this.events = events;
    }

    /** Begins with the head. Where nothing is behind it, it ends the message: clients of gRPC look whether it does. */
    void start(HttpMessage head) {
        Optional<ByteBuffer> whole = body.inMemory();
        if (whole.isPresent()
                && !whole.get().hasRemaining()
                && !(trailers && !body.trailers().isEmpty())) {
            end(whole(head));
            return;
        }
        channel.write(head).addListener(write -> {
            if (!write.isSuccess()) {
                fail(write.cause());
            }
        });
        if (whole.isPresent()) {
            ended = true;
            current = whole.get().hasRemaining() ? Unpooled.wrappedBuffer(whole.get()) : null;
            write();
            return;
        }
        channel.flush();
        if (!workers.run(() -> body.subscribe(this))) {
            fail(new IOException("the host is stopping"));
        }
    }

    private static HttpMessage whole(HttpMessage head) {
        HttpHeaders none = EmptyHttpHeaders.INSTANCE;
        return head instanceof HttpResponse answer
                ? new DefaultFullHttpResponse(
                        answer.protocolVersion(), answer.status(), Unpooled.EMPTY_BUFFER, answer.headers(), none)
                : new DefaultFullHttpRequest(
                        head.protocolVersion(),
                        ((HttpRequest) head).method(),
                        ((HttpRequest) head).uri(),
                        Unpooled.EMPTY_BUFFER,
                        head.headers(),
                        none);
    }

    /** Ends without another event, and cancels the body. */
    void stop() {
        if (over) {
            return;
        }
        over = true;
        ByteBuf rest = current;
        current = null;
        if (rest != null) {
            rest.release();
        }
        Flow.Subscription upstream = subscription;
        if (upstream != null) {
            workers.runInAnyCase(upstream::cancel);
        }
    }

    /** Whether bytes are written that the other side has not taken. */
    boolean isPending() {
        return written > taken || ending;
    }

    /** How many bytes the other side has taken. */
    long taken() {
        return taken;
    }

    /** Writes what there is, as far as the channel takes it; called again whenever the channel has become writable. */
    void write() {
        if (writing) {
            again = true; // the flush below has made the channel writable
            return;
        }
        writing = true;
        try {
            do {
                again = false;
                writeSlices();
            } while (again);
        } finally {
            writing = false;
        }
    }

    private void writeSlices() {
        while (current != null && channel.isWritable() && !over) {
            ByteBuf slice = current;
            if (current.readableBytes() > SLICE) {
                slice = current.readRetainedSlice(SLICE);
            } else {
                current = null;
            }
            int count = slice.readableBytes();
            written += count;
            if (length.isPresent() && written > length.getAsLong()) {
                slice.release();
                fail(new IOException("body: more bytes than its length of " + length.getAsLong()));
                return;
            }
            channel.write(new DefaultHttpContent(slice)).addListener(write -> sliceWritten(write, count));
        }
        if (over) {
            return;
        }
        if (current == null && ended) {
            finish();
            return;
        }
        channel.flush();
        Flow.Subscription upstream = subscription;
        if (current == null && !demanded && upstream != null && channel.isWritable()) {
            demanded = true;
            if (!workers.run(() -> upstream.request(1))) {
                fail(new IOException("the host is stopping"));
            }
        }
    }

    private void sliceWritten(Future<?> write, int count) {
        if (write.isSuccess()) {
            taken += count;
        } else {
            fail(write.cause());
        }
    }

    private void finish() {
        if (length.isPresent() && written != length.getAsLong()) {
            fail(new IOException("body: " + written + " bytes (expected: " + length.getAsLong() + ", its length)"));
            return;
        }
        LastHttpContent last = LastHttpContent.EMPTY_LAST_CONTENT;
        if (trailers) {
            last = new DefaultLastHttpContent();
            try {
                HeaderFields.copy(body.trailers(), last.trailingHeaders());
            } catch (IllegalArgumentException invalid) {
                fail(invalid);
                return;
            }
        }
        end(last);
    }

    private void end(Object last) {
        over = true;
        ending = true;
        channel.writeAndFlush(last).addListener(write -> {
            ending = false;
            if (write.isSuccess()) {
                events.bodyWritten();
            } else {
                events.bodyFailed(write.cause());
            }
        });
    }

    private void fail(Throwable reason) {
        if (!over) {
            stop();
            events.bodyFailed(reason);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        onLoop(() -> {
            subscription = given;
            if (over) {
                workers.runInAnyCase(given::cancel);
            } else {
                write();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer piece) {
        int count = piece.remaining();
        ByteBuf copy = count <= SLICE
                ? channel.alloc().ioBuffer(Math.max(1, count))
                : channel.alloc().heapBuffer(count);
        copy.writeBytes(piece);
        boolean accepted = onLoop(() -> {
            demanded = false;
            if (over || !copy.isReadable()) {
                copy.release();
            } else {
                current = copy;
            }
            write();
        });
        if (!accepted) {
            copy.release();
        }
    }

    @Override
    public void onError(Throwable failure) {
        onLoop(() -> {
            subscription = null;
            fail(failure);
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            subscription = null;
            ended = true;
            write();
        });
    }

    private boolean onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }
}
