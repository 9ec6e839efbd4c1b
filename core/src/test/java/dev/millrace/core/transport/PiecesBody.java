package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Flow;

/** A body of unknown length, which publishes pieces as they are asked for. */
final class PiecesBody implements HttpBody {
    private final HttpHeaders trailers;
    private final ArrayDeque<String> pieces;
    private boolean fails;

    PiecesBody(HttpHeaders trailers, String... pieces) {
        this.trailers = trailers;
        this.pieces = new ArrayDeque<>(List.of(pieces));
    }

    /** Fails instead of ending. */
    PiecesBody failing() {
        fails = true;
        return this;
    }

    @Override
    public HttpHeaders trailers() {
        return trailers;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                for (long i = 0; i < count; i++) {
                    String next = pieces.poll();
                    if (next == null && fails) {
                        subscriber.onError(new IOException("the source of the body failed"));
                        return;
                    } else if (next == null) {
                        subscriber.onComplete();
                        return;
                    }
                    byte[] lent = next.getBytes(UTF_8);
                    subscriber.onNext(ByteBuffer.wrap(lent));
                    java.util.Arrays.fill(lent, (byte) '!'); // it was lent until onNext returned
                }
            }

            @Override
            public void cancel() {
                pieces.clear();
            }
        });
    }
}
