package dev.millrace.core.pipeline;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Says what a component did wrong, in words only: it refers to nothing of the plugin. */
public final class ComponentException extends Exception {
    private static final long serialVersionUID = 1;

    private final String component;

    ComponentException(String component, String message) {
        super(component + ": " + message);
        this.component = component;
    }

    /** The component, with its pipeline: {@code web/flusher_http}. */
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
        boolean forTheUser = thrown instanceof IllegalArgumentException
                || (thrown instanceof Exception && !(thrown instanceof RuntimeException));
        if (forTheUser && thrown.getMessage() != null) {
            return new ComponentException(component, thrown.getMessage());
        }
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return new ComponentException(
                component, what + " failed: " + stack.toString().strip());
    }
}
