package dev.millrace.core.calls;

import dev.millrace.core.logging.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Calls into a plugin's code that the host waits for, each until a deadline: {@code create}, {@code start} or {@code stop}
 * of a component, or the loading of its factory.
 *
 * <p>Each runs on a thread of its own, named after the component. Past the deadline the thread is left behind, and the
 * caller goes on. Whatever the plugin throws is turned into text here, so that nothing of the plugin stays reachable.
 */
public final class PluginCall {
    private final String component;
    private final ClassLoader loader;
    private final PluginCalls calls;
    private final ThreadFactory threads;

    /** Calls of a component, whose class loader is that of its plugin. */
    public PluginCall(String component, ClassLoader loader, PluginCalls calls) {
        this(component, loader, calls, Thread::new);
    }

    PluginCall(String component, ClassLoader loader, PluginCalls calls, ThreadFactory threads) {
        this.component = component;
        this.loader = loader;
        this.calls = calls;
        this.threads = threads;
    }

    String component() {
        return component;
    }

    /** Runs {@code code} and waits for it; nobody wants what it gives after its deadline. */
    public <T> T run(String what, Duration deadline, Callable<T> code) throws ComponentException {
        return run(what, deadline, code, late -> {});
    }

    /**
     * Runs {@code code} and waits for it.
     *
     * @param what the name of the call, such as {@code start}
     * @param late takes the result where nobody waits for it any more, on the thread of the call
     * @throws ComponentException if it throws, or is not done at the deadline
     */
    public <T> T run(String what, Duration deadline, Callable<T> code, Consumer<T> late) throws ComponentException {
        return begin(what, deadline, code, late).await();
    }

    /**
     * Begins to run {@code code}, for a caller that has other work until it asks for what came of it; nobody wants what it
     * gives after its deadline.
     *
     * @throws ComponentException if too many calls of the component hang
     */
    public <T> Begun<T> begin(String what, Duration deadline, Callable<T> code) throws ComponentException {
        return begin(what, deadline, code, late -> {});
    }

    private <T> Begun<T> begin(String what, Duration deadline, Callable<T> code, Consumer<T> late)
            throws ComponentException {
        calls.counts().check(component, what);
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = threads.newThread(() -> call(what, deadline, code, late, result));
        thread.setName(component + " " + what);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        start(what, thread);
        return new Begun<>(component, what, deadline, deadline.plus(calls.grace()), thread, result);
    }

    private void start(String what, Thread thread) throws ComponentException {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            throw new ComponentException(
                    component,
                    what + " is not called, because the system gives no thread for it (" + e.getMessage()
                            + "); see its limits for threads and memory");
        }
    }

    /** A call that has begun. */
    public static final class Begun<T> {
        private final String component;
        private final String what;
        private final Duration deadline;
        private final Duration longest;
        private final Thread thread;
        private final CompletableFuture<T> result;

        private Begun(
                String component,
                String what,
                Duration deadline,
                Duration longest,
                Thread thread,
                CompletableFuture<T> result) {
            this.component = component;
            this.what = what;
            this.deadline = deadline;
            this.longest = longest;
            this.thread = thread;
            this.result = result;
        }

        /**
         * Waits for what comes of it.
         *
         * @throws ComponentException if it throws, or is not done at the deadline
         */
        public T await() throws ComponentException {
            try {
                return result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) { // the watch did not see it
                throw givenUp(what + " did not return within " + seconds(deadline.toMillis()) + left(thread));
            } catch (ExecutionException e) {
                throw e.getCause() instanceof ComponentException inWords
                        ? inWords
                        : ComponentException.of(component, what, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw givenUp(what + " was interrupted");
            }
        }

        /* What it gives now is nobody's. */
        private ComponentException givenUp(String why) {
            ComponentException failure = new ComponentException(component, why);
            result.completeExceptionally(failure);
            return failure;
        }
    }

    private <T> void call(
            String what, Duration deadline, Callable<T> code, Consumer<T> late, CompletableFuture<T> result) {
        @Nullable RunningCall call = null;
        @Nullable T value = null;
        @Nullable ComponentException failure = null;
        try {
            MDC.put(Logging.COMPONENT, component);
            call = calls.begin(
                    this, what, deadline, culprit -> result.completeExceptionally(tooLate(what, deadline, culprit)));
            value = code.call();
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            failure = calls.failed(component, what, e);
        }
        boolean inTime = call == null || call.end();
        if (failure != null) {
            result.completeExceptionally(failure);
        } else if (!inTime || !result.complete(value)) {
            RunningCall after = calls.begin(this, "the end of " + what, deadline, culprit -> {});
            try {
                late.accept(value);
            } finally {
                after.end();
            }
        }
    }

    private ComponentException tooLate(String what, Duration deadline, RunningCall culprit) {
        String hangs = culprit.component().equals(component) ? "" : ", because " + culprit + " does not";
        return new ComponentException(
                component,
                what + " did not return within " + seconds(deadline.toMillis()) + hangs + culprit.where()
                        + left(culprit.thread()));
    }

    private static String left(Thread thread) {
        return "; its thread '" + thread.getName() + "' is left behind";
    }

    /** {@code 30 s} or {@code 0.05 s}. */
    public static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
