package dev.millrace.distribution.demo;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What standard output is. */
final class Terminal {
    private Terminal() {}

    /** Whether a person looks at it, so that a line may be rewritten. */
    @SuppressWarnings("SystemConsoleNull") // null up to Java 21; from 22 on there is one always, which is asked
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Console.isTerminal can not be called", e);
        }
    }

    /**
     * Standard output in the charset of the locale. The locale POSIX, which is that of containers and services, has ASCII,
     * and says nothing of the terminal: there it is UTF-8.
     */
    static PrintStream output() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        Charset charset = Charset.forName(name);
        return new PrintStream(
                new FileOutputStream(FileDescriptor.out),
                true,
                charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
    }
}
