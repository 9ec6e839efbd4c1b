package dev.millrace.core.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin threw, as text. To ask it runs code of the plugin, which may throw in turn, or go on for ever: nothing is
 * trusted, and no text is without end.
 */
public final class Thrown {
    private static final int CAUSES = 8;
    private static final int FRAMES = 40;
    private static final int LONGEST_MESSAGE = 2_000;

    private Thrown() {}

    /** The class and the message. */
    public static String line(Throwable thrown) {
        String message = message(thrown);
        String type = thrown.getClass().getName();
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** The message; empty where there is none. */
    public static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            if (message == null) {
                return "";
            }
            return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
        } catch (Throwable again) { // as good as no message
            return "";
        }
    }

    /** {@code " in ext_x"} where the code of another plugin than the component's own threw it; else an empty text. */
    public static String in(String component, Throwable thrown) {
        String plugin = PluginFrames.plugin(thrown);
        return plugin.isEmpty() || List.of(component.split("/")).contains(plugin) ? "" : " in " + plugin;
    }

    /** What caused it; null where that is not known. */
    public static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable again) { // as good as none
            return null;
        }
    }

    /** The stack, with what caused it, on several lines. */
    public static String stack(Throwable thrown) {
        StringBuilder text = new StringBuilder(line(thrown));
        frames(thrown, text);
        Throwable cause = cause(thrown);
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            text.append("\nCaused by: ").append(line(cause));
            frames(cause, text);
            cause = cause(cause);
        }
        return text.toString();
    }

    private static void frames(Throwable thrown, StringBuilder text) {
        try {
            StackTraceElement[] stack = thrown.getStackTrace();
            for (int i = 0; i < stack.length && i < FRAMES; i++) {
                text.append("\n\tat ").append(stack[i]);
            }
            if (stack.length > FRAMES) {
                text.append("\n\t... ").append(stack.length - FRAMES).append(" more");
            }
        } catch (Throwable again) { // as good as no stack
            text.append("\n\t(no stack)");
        }
    }
}
