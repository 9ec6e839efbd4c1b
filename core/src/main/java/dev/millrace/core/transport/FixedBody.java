package dev.millrace.core.transport;

import dev.millrace.core.calls.Thrown;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body that a plugin has made, asked on the plugin's own thread for what an event loop has to know, and held to the rules
 * of a publisher: what it throws is a failure in words, and behind its end nothing comes.
 */
final class FixedBody implements HttpBody {
    private final HttpBody body;
    private final OptionalLong length;
    private final Optional<ByteBuffer> inMemory;
    private volatile HttpHeaders trailers = HttpHeaders.EMPTY;

    private FixedBody(HttpBody body) {
        this.body = body;
        this.length = body.length();
        this.inMemory = body.inMemory();
        if (inMemory.isPresent()) {
            trailers = trailersOf(body);
        }
    }

    /** The body as it can be given to an event loop; bodies of our own can as they are. */
    static HttpBody of(HttpBody body) {
        ClassLoader own = HttpBody.class.getClassLoader();
        return body.getClass().getClassLoader() == own || body instanceof InboundBody ? body : new FixedBody(body);
    }

    private static HttpHeaders trailersOf(HttpBody body) {
        HttpHeaders given = body.trailers();
        return given == null ? HttpHeaders.EMPTY : given;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public Optional<ByteBuffer> inMemory() {
        return inMemory;
    }

    @Override
    public HttpHeaders trailers() {
        return trailers;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Guard guard = new Guard(subscriber);
        try {
            body.subscribe(guard);
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            guard.onError(e);
        }
    }

    private final class Guard implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Flow.@Nullable Subscription given;

        Guard(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            given = subscription;
            subscriber.onSubscribe(this);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (!over.get()) {
                subscriber.onNext(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (over.compareAndSet(false, true)) {
                subscriber.onError(new IOException("its body failed: " + Thrown.line(failure)));
            }
        }

        @Override
        public void onComplete() {
            HttpHeaders fields;
            try {
                fields = trailersOf(body);
            } catch (Throwable e) { // as above
                onError(e);
                return;
            }
            if (over.compareAndSet(false, true)) {
                trailers = fields;
                subscriber.onComplete();
            }
        }

        @Override
        public void request(long pieces) {
            Flow.Subscription upstream = given;
            try {
                if (upstream != null) {
                    upstream.request(pieces);
                }
            } catch (Throwable e) { // as above
                onError(e);
            }
        }

        @Override
        public void cancel() {
            over.set(true);
            Flow.Subscription upstream = given;
            if (upstream != null) {
                upstream.cancel();
            }
        }
    }
}
