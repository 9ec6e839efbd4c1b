package dev.millrace.core.plugin;

import dev.millrace.spi.PluginFactory;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin threw, as text: the host keeps no {@code Throwable} of a plugin, because it would keep the plugin's
 * class loader.
 */
final class ThrownText {
    private static final String SERVICE = PluginFactory.class.getName();

    private ThrownText() {}

    /** The text of what was thrown, on one line, with a remedy where one is known. */
    static String of(Throwable thrown) {
        if (thrown instanceof ServiceConfigurationError) {
            return ofService(thrown, thrown.getCause());
        }
        if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
            return of(thrown.getCause());
        }
        if (thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException) {
            return "class " + message(thrown).replace('/', '.')
                    + " is not found: it must be in the plugin's jars, in a package that the host provides, or in an"
                    + " export of a plugin that it requires";
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return "it needs a newer Java than " + Runtime.version().feature() + " (" + message(thrown)
                    + "): run Millrace with a newer Java, or install a jar that is built for this one";
        }
        if (thrown instanceof ClassFormatError) {
            return named(thrown) + ": the class file is damaged: replace the jar with a complete copy";
        }
        if (thrown instanceof IncompatibleClassChangeError) {
            return named(thrown) + ": it was built against another version of that class: install jars that fit";
        }
        return named(thrown);
    }

    private static String ofService(Throwable thrown, @Nullable Throwable cause) {
        if (cause == null) {
            return message(thrown).replace(SERVICE + ": ", "") + ": correct META-INF/services/" + SERVICE;
        }
        if (cause instanceof NoSuchMethodException
                || cause instanceof IllegalAccessException
                || cause instanceof InstantiationException) {
            return "its factory must be a public class with a public constructor without parameters";
        }
        return of(cause);
    }

    private static String named(Throwable thrown) {
        String message = message(thrown);
        String type = thrown.getClass().getName();
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** The message on one line. Asking for it may run code of the plugin, which may throw in turn. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message.strip().replaceAll("\\s+", " ");
        } catch (Throwable again) { // as good as no message
            return "";
        }
    }
}
