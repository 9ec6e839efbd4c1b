package dev.millrace.core.calls;

import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a component did wrong, in words only: it refers to nothing of the plugin. */
public final class ComponentException extends Exception {
    private static final long serialVersionUID = 1;

    /** The calls in which a component looks at what the user wants: a message to the user needs no other words. */
    private static final Set<String> OF_SETTINGS = Set.of("load", "its options", "create", "start");

    private final String component;

    /** What went wrong, in words. */
    public ComponentException(String component, String message) {
        super(component + ": " + message);
        this.component = component;
    }

    /** Pipeline and component. */
    public String component() {
        return component;
    }

    /**
     * What was thrown, as text. A checked exception and an {@code IllegalArgumentException} are a message to the user; any
     * other is a fault of the plugin, and its stack belongs to the text. To be called on the thread of the call, as it asks
     * what was thrown.
     */
    public static ComponentException of(String component, String what, @Nullable Throwable thrown) {
        if (thrown == null) {
            return new ComponentException(component, what + " failed");
        }
        if (thrown instanceof ComponentException inWords) {
            return inWords;
        }
        String message = messageForTheUser(thrown);
        if (message != null) {
            return new ComponentException(
                    component,
                    OF_SETTINGS.contains(what)
                            ? message
                            : what + " failed" + Thrown.in(component, thrown) + ": " + message);
        }
        return new ComponentException(
                component, what + " failed" + Thrown.in(component, thrown) + ": " + Thrown.stack(thrown));
    }

    private static @Nullable String messageForTheUser(Throwable thrown) {
        Throwable cause = thrown instanceof UncheckedIOException ? Thrown.cause(thrown) : null;
        Throwable said = cause == null ? thrown : cause;
        if (said instanceof Exception && !(said instanceof RuntimeException)) {
            String message = Thrown.message(said);
            return message.isEmpty() ? said.getClass().getName() : message;
        }
        String message = said instanceof IllegalArgumentException ? Thrown.message(said) : "";
        return message.isEmpty() ? null : message;
    }
}
