package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.RunningCall;
import dev.millrace.core.calls.Thrown;
import dev.millrace.core.delivery.GroupedFlusher;
import dev.millrace.core.tap.TapPoint;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A flusher as its delivery sees it: what goes wrong in it is counted, and given on in words. {@code group} is asked on a
 * thread of its own, and only where the plugin has one.
 */
final class GuardedFlusher implements GroupedFlusher {
    private final WatchedComponent component;
    private final Flusher flusher;
    private final SliceLimits limits;
    private final TapPoint input;
    private final ExecutorService groups;
    private final boolean tellsGroups;

    /**
     * A flusher.
     *
     * @param limits what it said once
     * @param input where people see what it is given
     */
    GuardedFlusher(WatchedComponent component, Flusher flusher, SliceLimits limits, TapPoint input) {
        this.component = component;
        this.flusher = flusher;
        this.limits = limits;
        this.input = input;
        this.tellsGroups = tellsGroups(flusher.getClass());
        this.groups =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, component.name() + " group");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(flusher.getClass().getClassLoader());
                    return thread;
                });
    }

    private static boolean tellsGroups(Class<?> type) {
        try {
            return type.getMethod("group", EventBatch.class, int.class).getDeclaringClass() != Flusher.class;
        } catch (NoSuchMethodException | LinkageError e) { // asked all the same, it fails
            return true;
        }
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        input.pass(slice);
        try {
            CompletionStage<Outcome> stage = flusher.send(slice);
            if (stage == null) {
                throw new IllegalStateException("send returned null (expected: a stage)");
            }
            stage.whenComplete((outcome, failure) -> tell(told, outcome, failure));
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            tell(told, null, e);
        }
        return told;
    }

    /* A stage may tell it twice, or throw when it has told it. */
    private void tell(CompletableFuture<Outcome> told, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (told.isDone()) {
            return;
        }
        if (failure != null) {
            Throwable cause = Thrown.cause(failure);
            Throwable thrown = failure instanceof CompletionException && cause != null ? cause : failure;
            component.failed("send", thrown);
            String where = Thrown.in(component.name(), thrown);
            told.complete(
                    new Outcome.Retry("send failed" + where + ": " + Thrown.line(thrown), Optional.empty(), true));
        } else if (outcome == null) {
            tell(told, null, new IllegalStateException("send gave null (expected: an outcome)"));
        } else {
            told.complete(outcome);
        }
    }

    @Override
    public @Nullable Object group(EventBatch batch, int row) {
        return tellsGroups ? flusher.group(batch, row) : null;
    }

    @Override
    public <T> T ask(Supplier<T> questions) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable asking = () -> {
            RunningCall call = component.begin(
                    "group", () -> answer.completeExceptionally(new FailedException("group did not return")));
            try {
                answer.complete(questions.get());
            } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
                answer.completeExceptionally(new FailedException(Thrown.line(e)));
            } finally {
                call.end();
            }
        };
        if (tellsGroups) {
            groups.execute(asking);
        } else {
            asking.run();
        }
        return answer.join();
    }

    @Override
    public void groupsFailed(String problem) {
        component.failed("group", new ComponentException(component.name(), "group failed: " + problem));
    }

    @Override
    public void sendGivenUp() {
        component.unanswered("send");
    }

    @Override
    public SliceLimits limits() {
        return limits;
    }

    /** What a flusher threw, in words. */
    private static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message, null, false, false);
        }
    }
}
