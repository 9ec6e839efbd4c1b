package dev.millrace.core.pipeline;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Says what a component did wrong, in words only: it refers to nothing of the plugin. */
public final class ComponentException extends Exception {
    private static final long serialVersionUID = 1;

    private final String component;

    ComponentException(String component, String message) {
        super(component + ": " + message);
        this.component = component;
    }

    /** Pipeline and component. */
    public String component() {
        return component;
    }

    /**
     * What was thrown, as text. A checked exception and an {@code IllegalArgumentException} are a message to the user; any
     * other is a fault of the plugin, and its stack belongs to the text.
     */
    static ComponentException of(String component, String what, @Nullable Throwable thrown) {
        if (thrown == null) {
            return new ComponentException(component, what + " failed");
        }
        String message = messageForTheUser(thrown);
        if (message != null) {
            return new ComponentException(component, message);
        }
        return new ComponentException(component, what + " failed: " + stack(thrown));
    }

    private static @Nullable String messageForTheUser(Throwable thrown) {
        try {
            Throwable said = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
            if (said instanceof Exception && !(said instanceof RuntimeException)) {
                return said.getMessage() == null ? said.toString() : said.getMessage();
            }
            return said instanceof IllegalArgumentException ? said.getMessage() : null;
        } catch (RuntimeException | LinkageError e) { // a plugin's exception may fail to say what it is
            return thrown.getClass().getName();
        }
    }

    private static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        try {
            thrown.printStackTrace(new PrintWriter(stack));
        } catch (RuntimeException | LinkageError e) { // a plugin's exception may fail to say what it is
            return thrown.getClass().getName();
        }
        return stack.toString().strip();
    }
}
