package dev.millrace.core.delivery;

import dev.millrace.core.calls.Thrown;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Flusher#send}. Whatever a flusher does comes out as an answer in words of our own: nothing that it
 * threw is kept.
 */
final class SendCall implements Runnable {
    /** Told the outcome, on any thread; where the flusher failed and gave none, it is a retry, unclear if it was called. */
    interface Answer {
        void accept(Outcome outcome);
    }

    private static final int LONGEST_MESSAGE = 300;
    private static final int MOST_WRAPPERS = 8;

    private final Flusher flusher;
    private final Attempt attempt;
    private final Answer answer;

    SendCall(Flusher flusher, Attempt attempt, Answer answer) {
        this.flusher = flusher;
        this.attempt = attempt;
        this.answer = answer;
    }

    void on(Executor workers) {
        try {
            workers.execute(this);
        } catch (RuntimeException refused) {
            failed("no worker takes the request: " + describe(refused), false);
        }
    }

    @Override
    public void run() {
        if (attempt.closed()) {
            return;
        }
        try {
            CompletionStage<Outcome> stage = flusher.send(attempt);
            if (stage == null) {
                failed("send returned null (expected: a stage)");
                return;
            }
            stage.whenComplete(this::completed);
        } catch (Throwable failure) { // a plugin may throw anything; it is turned into text here
            failed("send failed: " + describe(failure));
        }
    }

    private void completed(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure != null) {
            failed("send failed: " + describe(failure));
        } else if (outcome == null || !complete(outcome)) {
            failed("send gave " + outcome + " (expected: an outcome without null)");
        } else {
            answer.accept(outcome);
        }
    }

    /* Plugins need not be compiled with null checks. */
    private static boolean complete(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason() != null && retry.delay() != null;
        }
        if (outcome instanceof Outcome.NotSent refused) {
            return refused.reason() != null && refused.delay() != null;
        }
        if (outcome instanceof Outcome.Held held) {
            return held.reason() != null;
        }
        if (outcome instanceof Outcome.Split split) {
            return split.reason() != null && split.alone() != null && complete(split.alone());
        }
        return !(outcome instanceof Outcome.Rejected rejected)
                || rejected.status() != null && rejected.answer() != null;
    }

    private void failed(String reason) {
        failed(reason, true);
    }

    private void failed(String reason, boolean unclear) {
        answer.accept(new Outcome.Retry(reason, Optional.empty(), unclear));
    }

    /** What a plugin threw, in one line. */
    static String describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause instanceof CompletionException && depth < MOST_WRAPPERS; depth++) {
            Throwable next = Thrown.cause(cause);
            if (next == null) {
                break;
            }
            cause = next;
        }
        return OneLine.of(Thrown.line(cause), LONGEST_MESSAGE);
    }
}
