package dev.millrace.core.pipeline;

import dev.millrace.core.logging.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * A call into a plugin's code that has a deadline: {@code create}, {@code start} or {@code stop} of a component.
 *
 * <p>It runs on a thread of its own, named after the component. Past the deadline the thread is left behind, as it may
 * hold a lock or a file, and the caller goes on. Whatever the plugin throws is turned into text here, so that nothing of
 * the plugin stays reachable.
 */
final class PluginCall {
    private final String component;
    private final ClassLoader loader;
    private final AbandonedCalls abandoned;

    PluginCall(String component, ClassLoader loader, AbandonedCalls abandoned) {
        this.component = component;
        this.loader = loader;
        this.abandoned = abandoned;
    }

    /**
     * Runs {@code code} and waits for it.
     *
     * @param what the name of the call, such as {@code start}
     * @param late takes the result where nobody waits for it any more, on the thread of the call
     * @throws ComponentException if it throws, or is not done at the deadline
     */
    <T> T run(String what, Duration deadline, Callable<T> code, Consumer<T> late) throws ComponentException {
        abandoned.check(component, what);
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, code, late), component + " " + what);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw ComponentException.of(component, what, e.getCause());
        } catch (TimeoutException e) {
            abandoned.abandoned(component);
            ComponentException tooLate = new ComponentException(
                    component,
                    what + " did not return within " + deadline.toSeconds() + " s; its thread '" + thread.getName()
                            + "' is left behind");
            if (!result.completeExceptionally(tooLate)) {
                abandoned.returned(component); // it came back in the meantime
                return settled(what, result);
            }
            throw tooLate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComponentException(component, what + " was interrupted");
        }
    }

    private <T> T settled(String what, CompletableFuture<T> result) throws ComponentException {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw ComponentException.of(component, what, e.getCause());
        }
    }

    private <T> void complete(CompletableFuture<T> result, Callable<T> code, Consumer<T> late) {
        MDC.put(Logging.COMPONENT, component);
        try {
            T value = code.call();
            if (result.complete(value)) {
                return;
            }
            late.accept(value);
        } catch (Throwable e) { // a plugin may throw anything; the caller turns it into text
            if (result.completeExceptionally(e)) {
                return;
            }
        }
        abandoned.returned(component);
    }
}
