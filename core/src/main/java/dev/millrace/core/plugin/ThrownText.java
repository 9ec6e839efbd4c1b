package dev.millrace.core.plugin;

import dev.millrace.core.calls.Thrown;
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

    /** What was thrown, with a remedy where one is known. */
    static UnusablePluginException of(Throwable thrown) {
        if (thrown instanceof ServiceConfigurationError) {
            return ofService(thrown, Thrown.cause(thrown));
        }
        Throwable cause = Thrown.cause(thrown);
        if (thrown instanceof ExceptionInInitializerError && cause != null) {
            return cause instanceof ExceptionInInitializerError
                    ? new UnusablePluginException(PluginMessage.THROWN, named(cause))
                    : of(cause);
        }
        if (thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException) {
            return new UnusablePluginException(
                    PluginMessage.CLASS_MISSING, message(thrown).replace('/', '.'));
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return new UnusablePluginException(
                    PluginMessage.CLASS_TOO_NEW, Runtime.version().feature(), message(thrown));
        }
        if (thrown instanceof ClassFormatError) {
            return new UnusablePluginException(PluginMessage.CLASS_DAMAGED, named(thrown));
        }
        if (thrown instanceof IncompatibleClassChangeError) {
            return new UnusablePluginException(PluginMessage.CLASS_CHANGED, named(thrown));
        }
        return new UnusablePluginException(PluginMessage.THROWN, named(thrown));
    }

    private static UnusablePluginException ofService(Throwable thrown, @Nullable Throwable cause) {
        if (cause == null) {
            return new UnusablePluginException(
                    PluginMessage.SERVICE_FILE, message(thrown).replace(SERVICE + ": ", ""));
        }
        if (cause instanceof NoSuchMethodException
                || cause instanceof IllegalAccessException
                || cause instanceof InstantiationException) {
            return new UnusablePluginException(PluginMessage.FACTORY_NOT_PUBLIC);
        }
        return cause instanceof ServiceConfigurationError
                ? new UnusablePluginException(PluginMessage.THROWN, named(cause))
                : of(cause);
    }

    private static String named(Throwable thrown) {
        String message = message(thrown);
        String type = thrown.getClass().getName();
        return message.isEmpty() ? type : type + ": " + message;
    }

    private static String message(Throwable thrown) {
        return Thrown.message(thrown).strip().replaceAll("\\s+", " ");
    }
}
