package dev.millrace.core.plugin;

/**
 * The thread's context class loader during a call into a plugin: the plugin's own, so that libraries in its jars that
 * ask for it find their classes.
 *
 * <p>For the calls of a component's life (create, start, stop), not for each batch.
 */
public final class ContextClassLoader {
    private ContextClassLoader() {}

    /**
     * Calls with the context class loader of an object's class, and puts back the one there was.
     *
     * @param plugged a factory or component of a plugin
     * @param call the call into the plugin
     */
    public static <T, X extends Exception> T during(Object plugged, Call<T, X> call) throws X {
        return with(plugged.getClass().getClassLoader(), call);
    }

    static <T, X extends Exception> T with(ClassLoader loader, Call<T, X> call) throws X {
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
