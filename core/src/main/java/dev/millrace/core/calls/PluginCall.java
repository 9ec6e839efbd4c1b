package dev.millrace.core.calls;

import dev.millrace.core.logging.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

    /** Calls of a component, whose class loader is that of its plugin. */
    public PluginCall(String component, ClassLoader loader, PluginCalls calls) {
        this.component = component;
        this.loader = loader;
        this.calls = calls;
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
        Thread thread = new Thread(() -> call(what, deadline, code, late, result), component + " " + what);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        return new Begun<>(component, what, result);
    }

    /** A call that has begun. */
    public static final class Begun<T> {
        private final String component;
        private final String what;
        private final CompletableFuture<T> result;

        private Begun(String component, String what, CompletableFuture<T> result) {
            this.component = component;
            this.what = what;
            this.result = result;
        }

        /**
         * Waits for what comes of it.
         *
         * @throws ComponentException if it throws, or is not done at the deadline
         */
        public T await() throws ComponentException {
            try {
                return result.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof ComponentException inWords
                        ? inWords
                        : ComponentException.of(component, what, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ComponentException(component, what + " was interrupted");
            }
        }
    }

    private <T> void call(
            String what, Duration deadline, Callable<T> code, Consumer<T> late, CompletableFuture<T> result) {
        MDC.put(Logging.COMPONENT, component);
        RunningCall call = calls.begin(
                this, what, deadline, culprit -> result.completeExceptionally(tooLate(what, deadline, culprit)));
        @Nullable T value = null;
        @Nullable ComponentException failure = null;
        try {
            value = code.call();
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            failure = calls.failed(component, what, e);
        }
        boolean inTime = call.end();
        if (failure != null) {
            result.completeExceptionally(failure);
        } else if (inTime) {
            result.complete(value);
        } else {
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
                        + "; its thread '" + culprit.thread().getName() + "' is left behind");
    }

    /** {@code 30 s} or {@code 0.05 s}. */
    static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
