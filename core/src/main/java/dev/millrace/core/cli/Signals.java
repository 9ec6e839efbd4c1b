package dev.millrace.core.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, by their names without {@code SIG}.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only interface to them. It is reached by reflection, because the compiler, run
 * by Maven, can not be told to accept its use without a warning.
 */
final class Signals {
    private Signals() {}

    /** Runs {@code action}, on a thread of its own, whenever the signal comes. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " can not be handled by this JVM", e);
        }
    }
}
