package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import dev.millrace.spi.BodyBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the answer of a watch as it comes, which is an object of JSON on each line. */
final class WatchEvents implements Flow.Subscriber<ByteBuffer> {
    private static final int LARGEST_EVENT = 16 << 20;
    private static final int USUAL_EVENT = 16 << 10;

    private final Receiver receiver;
    private final Set<String> skipped;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private BodyBuffer line = new BodyBuffer(USUAL_EVENT);
    private Flow.@Nullable Subscription subscription;

    /** Takes events. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes one.
         *
         * @throws IOException if nothing more is wanted; the watch ends with it
         */
        void accept(JsonObject event) throws IOException;
    }

    /**
     * Nothing came yet.
     *
     * @param skipped the members of objects that are left out
     */
    WatchEvents(Set<String> skipped, Receiver receiver) {
        this.skipped = skipped;
        this.receiver = receiver;
    }

    /** Completes when the server has ended the answer, fails when it broke off or the receiver had enough. */
    CompletionStage<Void> end() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        while (piece.hasRemaining() && !end.isDone()) {
            int length = lengthToEnd(piece);
            line.write(piece.slice().limit(length));
            piece.position(piece.position() + length);
            if (piece.hasRemaining()) {
                piece.get();
                take();
            } else if (line.length() > LARGEST_EVENT) {
                give(new IOException("an event of more than " + (LARGEST_EVENT >> 20) + " MiB"));
            }
        }
    }

    private static int lengthToEnd(ByteBuffer piece) {
        int at = piece.position();
        while (at < piece.limit() && piece.get(at) != '\n') {
            at++;
        }
        return at - piece.position();
    }

    private void take() {
        try {
            if (line.length() > 0) {
                receiver.accept(JsonObject.read(line.array(), 0, line.length(), skipped));
            }
        } catch (IOException e) {
            give(e);
        }
        if (line.capacity() > 16 * USUAL_EVENT) {
            line = new BodyBuffer(USUAL_EVENT); // one that was large does not stay
        } else {
            line.clear();
        }
    }

    private void give(IOException reason) {
        if (end.completeExceptionally(reason) && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
