package dev.millrace.core.journal;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An acknowledgement that can be waited for. */
final class Answers implements Acknowledgement {
    private final CompletableFuture<@Nullable Refusal> answer = new CompletableFuture<>();
    private final boolean waiting;

    Answers(boolean waiting) {
        this.waiting = waiting;
    }

    Answers() {
        this(true);
    }

    @Override
    public void committed() {
        if (!answer.complete(null)) {
            throw new AssertionError("answered twice");
        }
    }

    @Override
    public void refused(Refusal refusal) {
        if (!answer.complete(refusal)) {
            throw new AssertionError("answered twice");
        }
    }

    @Override
    public boolean waiting() {
        return waiting;
    }

    boolean isDone() {
        return answer.isDone();
    }

    /** Waits for the answer: null where it was committed. */
    @Nullable
    Refusal await() {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    boolean isCommitted() {
        return await() == null;
    }
}
