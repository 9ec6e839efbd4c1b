package dev.millrace.plugin.lib.push;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a body, and takes as much of a budget as its buffer is large: not what a client says that it will send, so that
 * clients who promise much and send it slowly leave the others their room. All is given back when the body is there.
 */
final class BudgetedBody implements Flow.Subscriber<ByteBuffer> {
    private static final int FIRST_CAPACITY = 4 << 10;

    private final BodyBuffer target;
    private final long limit;
    private final BodyBudget budget;
    private final CompletableFuture<BodyBuffer> result = new CompletableFuture<>();
    private long taken;
    private Flow.@Nullable Subscription subscription;

    /** There is no room for the body at the moment. */
    static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1;

        NoRoomException() {
            super("too many bodies at once");
        }
    }

    private BudgetedBody(int capacity, long limit, BodyBudget budget) {
        this.target = new BodyBuffer(capacity);
        this.limit = limit;
        this.budget = budget;
        this.taken = capacity;
    }

    /** A gatherer of {@code expected} bytes, as far as is known; null where the budget is used up. */
    static @Nullable BudgetedBody within(BodyBudget budget, long expected, long limit) {
        int capacity = (int) Math.min(expected, FIRST_CAPACITY);
        return budget.take(capacity) ? new BudgetedBody(capacity, limit, budget) : null;
    }

    /** Completes with the body, or fails with {@link NoRoomException}, {@link BodyTooLargeException} or what the network says. */
    CompletionStage<BodyBuffer> result() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (result.isDone()) {
            return;
        }
        long length = (long) target.length() + piece.remaining();
        if (length > limit) {
            stop(new BodyTooLargeException(limit));
            return;
        }
        long more = length > target.capacity() ? Math.max(length, 2L * target.capacity()) - taken : 0;
        if (!budget.take(more)) {
            stop(new NoRoomException());
            return;
        }
        taken += more;
        target.write(piece);
    }

    private void stop(IOException reason) {
        if (subscription != null) {
            subscription.cancel();
        }
        onError(reason);
    }

    @Override
    public void onError(Throwable failure) {
        giveBack();
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        giveBack();
        result.complete(target);
    }

    private void giveBack() {
        budget.giveBack(taken);
        taken = 0;
    }
}
