package dev.millrace.core.pipeline;

import dev.millrace.core.logging.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final Duration deadline;

    PluginCall(String component, ClassLoader loader, Duration deadline) {
        this.component = component;
        this.loader = loader;
        this.deadline = deadline;
    }

    /**
     * Runs {@code code} and waits for it.
     *
     * @param what the name of the call, such as {@code start}
     * @throws ComponentException if it throws, or is not done at the deadline
     */
    <T> T run(String what, Callable<T> code) throws ComponentException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, code), component + " " + what);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw ComponentException.of(component, what, e.getCause());
        } catch (TimeoutException e) {
            throw new ComponentException(
                    component,
                    what + " did not return within " + deadline.toSeconds() + " s; its thread '" + thread.getName()
                            + "' is left behind");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComponentException(component, what + " was interrupted");
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private <T> void complete(CompletableFuture<T> result, Callable<T> code) {
        MDC.put(Logging.COMPONENT, component);
        try {
            result.complete(code.call());
        } catch (Throwable e) { // a plugin may throw anything; the caller turns it into text
            result.completeExceptionally(e);
        }
    }
}
