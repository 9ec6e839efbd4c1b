package dev.millrace.core.cli;

import dev.millrace.core.status.StatusPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where standard output leads.
 *
 * @param present whether to a terminal
 * @param width the columns that a page may take there
 * @param colour whether it shows colours, and nobody asked for none ({@code NO_COLOR})
 */
record Terminal(boolean present, int width, boolean colour) {
    /** Moves to the first column of the first line, and clears all from there. */
    static final String REPAINT = "\u001b[H\u001b[J";

    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    /*
     * The JDK knows whether standard input and output are a terminal, both together; the shell knows it of each, and
     * its size. What it says comes on standard error, because its standard output is ours.
     */
    private static final String ASK = "if [ -t 1 ]; then stty size </dev/tty >&2 || echo 0 0 >&2; fi";

    /** The terminal of this process, with its size of the moment. */
    static Terminal current() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", ASK)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        String size = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        if (size.isEmpty()) {
            return new Terminal(false, StatusPage.DEFAULT.width(), false);
        }
        String noColour = System.getenv("NO_COLOR");
        boolean colour = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(true, width(size), colour);
    }

    /** Whether standard error is a terminal that lines may be painted on. */
    static boolean showsErrors() throws IOException, InterruptedException {
        return !"dumb".equals(System.getenv("TERM"))
                && new ProcessBuilder("/bin/sh", "-c", "test -t 2")
                                .inheritIO()
                                .start()
                                .waitFor()
                        == 0;
    }

    private static int width(String size) {
        Matcher matcher = SIZE.matcher(size);
        int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        return columns == 0
                ? StatusPage.DEFAULT.width()
                : Math.max(StatusPage.LEAST_WIDTH, Math.min(StatusPage.MOST_WIDTH, columns));
    }
}
