package dev.millrace.core.calls;

/**
 * The thread's context class loader during a call into a plugin: the plugin's own, so that libraries in its jars that
 * ask for it find their classes.
 *
 * <p>For the loading of a plugin and the tasks of its components, not for each batch.
 */
public final class ContextClassLoader {
    private ContextClassLoader() {}

    /**
     * Calls with a context class loader, and puts back the one there was.
     *
     * @param loader the plugin's class loader
     * @param call the call into the plugin
     */
    public static <T, X extends Exception> T with(ClassLoader loader, Call<T, X> call) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    /**
     * A call into a plugin.
     *
     * @param <T> what it returns
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {
        /** Does it. */
        T call() throws X;
    }
}
