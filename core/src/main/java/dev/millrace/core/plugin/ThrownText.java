package dev.millrace.core.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin threw, as text: the host keeps no {@code Throwable} of a plugin, because it would keep the plugin's
 * class loader.
 */
final class ThrownText {
    private static final int DEEPEST_CAUSE = 20;

    private ThrownText() {}

    /** The text of what was thrown, on one line. */
    static String of(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof UnsupportedClassVersionError) {
            return "it needs a newer Java than " + Runtime.version().feature() + " (" + message(cause)
                    + "): run Millrace with a newer Java, or install a jar built for this one";
        }
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return "class " + message(cause).replace('/', '.')
                    + " is not found: it must be in the plugin's jars, in a package that the host provides, or in an"
                    + " export of a plugin that it requires";
        }
        if (cause instanceof LinkageError) {
            return named(cause) + ": it was built against other versions of the classes it uses";
        }
        return named(cause);
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; depth < DEEPEST_CAUSE && isWrapper(current); depth++) {
            Throwable cause = current.getCause();
            if (cause == null) {
                return current;
            }
            current = cause;
        }
        return current;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ExceptionInInitializerError
                || thrown instanceof InvocationTargetException
                || thrown instanceof ServiceConfigurationError;
    }

    private static String named(Throwable thrown) {
        String message = message(thrown);
        String type = thrown.getClass().getName();
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** The message; asking for it may run code of the plugin, which may throw in turn. */
    private static String message(Throwable thrown) {
        try {
            return oneLine(thrown.getMessage());
        } catch (Throwable again) { // whatever a plugin's getMessage() throws is as good as no message
            return "";
        }
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s+", " ");
    }
}
