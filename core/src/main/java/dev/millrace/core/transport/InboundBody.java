package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A body that comes from the network: filled by an event loop, read by one subscriber on workers, or within {@code subscribe}.
 *
 * <p>It asks the connection for more when the last piece it holds is taken, so it never holds more than two reads. For a
 * subscriber that wants all of it, it asks already while it holds little, so that a body of usual size comes with one way
 * over a worker instead of one for each read. All buffers are released: after the piece was delivered, or when the body
 * fails or is cancelled.
 */
final class InboundBody implements HttpBody {
    /** The connection behind the body. Called on any thread. */
    interface Source {
        /** More bytes are wanted. */
        void more();

        /** The subscriber has the whole body. */
        void delivered();

        /** The subscriber does not want the rest. */
        void abandoned();
    }

    /** How much it holds at least before it asks for no more, in bytes, where all of it is wanted. */
    private static final int AHEAD = 128 << 10;

    private final Workers workers;
    private final Source source;
    private final OptionalLong length;
    private final Object lock = new Object();
    private final ArrayDeque<ByteBuf> received = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private int held;
    private boolean asked;
    private boolean draining;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    private volatile HttpHeaders trailers = HttpHeaders.EMPTY;

    InboundBody(Workers workers, Source source, OptionalLong length) {
        this.workers = workers;
        this.source = source;
        this.length = length;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public HttpHeaders trailers() {
        return trailers;
    }

    /** Takes a piece, and the duty to release it. */
    void add(ByteBuf piece) {
        boolean unwanted;
        boolean more;
        synchronized (lock) {
            unwanted = closed || failure != null || !piece.isReadable();
            if (!unwanted) {
                received.add(piece);
                held += piece.readableBytes();
            }
            more = !unwanted && demand == Long.MAX_VALUE && held < AHEAD;
            asked = more;
        }
        if (unwanted) {
            piece.release();
            return;
        }
        if (more) {
            source.more();
        }
        drainSoon();
    }

    /** The body is complete. */
    void end(HttpHeaders fields) {
        trailers = fields;
        synchronized (lock) {
            ended = true;
        }
        drainSoon();
    }

    /** Fails the body at once, unless all of it was delivered; what is not delivered yet is dropped. */
    void fail(Throwable reason) {
        synchronized (lock) {
            if (closed || failure != null) {
                return;
            }
            failure = reason;
            releaseAll();
        }
        drainSoon();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
        synchronized (lock) {
            if (subscriber == null) {
                subscriber = given;
                draining = true; // holds back the first piece until onSubscribe has returned
            }
        }
        if (subscriber != given) {
            given.onSubscribe(new Demand(false));
            given.onError(new IllegalStateException("a body can be read once"));
            return;
        }
        given.onSubscribe(new Demand(true));
        boolean empty;
        synchronized (lock) {
            empty = received.isEmpty() && !ended && !closed && failure == null && !asked;
            asked |= empty;
        }
        if (empty) {
            source.more();
        }
        drain(); // what is there already is delivered without a way over another thread
    }

    private void drainSoon() {
        synchronized (lock) {
            if (draining || closed || subscriber == null) {
                return;
            }
            draining = true;
        }
        if (!workers.run(this::drain)) {
            refused();
        }
    }

    /** Delivers what is there and wanted. Runs once at a time. */
    private void drain() {
        while (true) {
            ByteBuf piece = null;
            Throwable error;
            boolean more = false;
            Flow.Subscriber<? super ByteBuffer> to;
            synchronized (lock) {
                to = subscriber;
                error = failure;
                if (closed || to == null) {
                    draining = false;
                    return;
                }
                if (error != null || received.isEmpty() && ended) {
                    closed = true;
                } else if (demand > 0 && !received.isEmpty()) {
                    piece = received.poll();
                    held -= piece.readableBytes();
                    demand -= demand == Long.MAX_VALUE ? 0 : 1;
                    more = received.isEmpty() && !ended && !asked;
                    asked |= more;
                } else {
                    draining = false;
                    return;
                }
            }
            if (piece != null) {
                if (more) {
                    source.more();
                }
                deliver(piece, to);
            } else if (error != null) {
                to.onError(error);
            } else {
                source.delivered();
                to.onComplete();
            }
        }
    }

    private void deliver(ByteBuf piece, Flow.Subscriber<? super ByteBuffer> to) {
        boolean taken = false;
        try {
            to.onNext(piece.nioBuffer().asReadOnlyBuffer());
            taken = true;
        } finally {
            piece.release();
            if (!taken) {
                abandon();
            }
        }
    }

    private void request(long pieces) {
        if (pieces <= 0) {
            fail(new IllegalArgumentException("pieces: " + pieces + " (expected: > 0)"));
            source.abandoned();
            return;
        }
        synchronized (lock) {
            demand = demand + pieces < 0 ? Long.MAX_VALUE : demand + pieces;
        }
        drainSoon();
    }

    /** Gives up the rest without a word to the subscriber. */
    void abandon() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            releaseAll();
        }
        source.abandoned();
    }

    /** The workers have stopped: whoever waits for the body must not wait for ever. */
    private void refused() {
        Flow.Subscriber<? super ByteBuffer> to;
        synchronized (lock) {
            to = closed ? null : subscriber;
        }
        abandon();
        if (to != null) {
            to.onError(new IOException("the host is stopping"));
        }
    }

    private void releaseAll() {
        received.forEach(ByteBuf::release);
        received.clear();
        held = 0;
    }

    /** What the subscriber holds. */
    private final class Demand implements Flow.Subscription {
        private final boolean valid;

        Demand(boolean valid) {
            this.valid = valid;
        }

        @Override
        public void request(long pieces) {
            if (valid) {
                InboundBody.this.request(pieces);
            }
        }

        @Override
        public void cancel() {
            if (valid) {
                abandon();
            }
        }
    }
}
