package dev.millrace.core.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

    /** What was thrown, and what caused that, and so on, some deep; never empty. */
    static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && causes.size() <= CAUSES; cause = cause(cause)) {
            causes.add(cause);
        }
        return causes;
    }

    /** Where it was thrown, the innermost call first; null where it does not say. */
    static StackTraceElement @Nullable [] frames(Throwable thrown) {
        try {
            return thrown.getStackTrace();
        } catch (Throwable again) { // as good as no stack
            return null;
        }
    }

    /** The stack, with what caused it, on several lines. */
    public static String stack(Throwable thrown) {
        return causes(thrown).stream()
                .map(cause -> line(cause) + lines(frames(cause)))
                .collect(Collectors.joining("\nCaused by: "));
    }

    private static String lines(StackTraceElement @Nullable [] stack) {
        if (stack == null) {
            return "\n\t(no stack)";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < stack.length && i < FRAMES; i++) {
            text.append("\n\tat ").append(stack[i]);
        }
        if (stack.length > FRAMES) {
            text.append("\n\t... ").append(stack.length - FRAMES).append(" more");
        }
        return text.toString();
    }
}
