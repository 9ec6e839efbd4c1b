package dev.millrace.core.calls;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls of a stack that are in the code of plugins, by the names of their class loaders, {@code plugin:ID}. */
final class PluginFrames {
    private static final String LOADER = "plugin:";
    private static final String SPI = "dev.millrace.spi.";

    private PluginFrames() {}

    /** Those in plugins, the innermost first. */
    static Stream<StackTraceElement> of(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).filter(frame -> plugin(frame) != null);
    }

    /**
     * The plugin whose code the thread is in, or that called what it is in.
     *
     * @return its ID; empty where there is none
     */
    static String plugin(Thread thread) {
        return of(thread).map(PluginFrames::plugin).findFirst().orElse("");
    }

    /**
     * The plugin whose code threw something: that of the first cause of all that a plugin threw.
     *
     * @return its ID; empty where the host threw it, or nobody knows
     */
    static String plugin(Throwable thrown) {
        String plugin = "";
        for (Throwable cause : Thrown.causes(thrown)) {
            String deeper = plugin(Thrown.frames(cause));
            plugin = deeper.isEmpty() ? plugin : deeper;
        }
        return plugin;
    }

    /* What Java and the SPI throw is the fault of who called them; behind a frame of the host is another call. */
    private static String plugin(StackTraceElement @Nullable [] stack) {
        if (stack == null) {
            return "";
        }
        for (StackTraceElement frame : stack) {
            String plugin = plugin(frame);
            if (plugin != null) {
                return plugin;
            }
            if (!ofJava(frame) && !frame.getClassName().startsWith(SPI)) {
                return "";
            }
        }
        return "";
    }

    private static boolean ofJava(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return loader == null ? frame.getModuleName() != null : loader.equals("platform");
    }

    private static @Nullable String plugin(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return loader != null && loader.startsWith(LOADER) ? loader.substring(LOADER.length()) : null;
    }
}
