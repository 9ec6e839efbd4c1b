package dev.millrace.distribution.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What the demo writes: lines that stay, and one that is rewritten in place, or written anew every few seconds where output
 * is no terminal. Thread-safe.
 */
final class Screen {
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final String BACK_AND_ERASE = "\r\u001b[K";

    private final PrintStream output;
    private final boolean interactive;
    private final long start = System.nanoTime();
    private long lastPlain = start;
    private boolean live;
    private boolean closed;

    Screen(PrintStream output, boolean interactive) {
        this.output = output;
        this.interactive = interactive;
    }

    /** Writes a line. */
    synchronized void say(String line) {
        if (!closed) {
            clear();
            output.println(line);
        }
    }

    /** Writes what happens now, with the time since the start. */
    synchronized void event(String text) {
        say(elapsed() + text);
        lastPlain = System.nanoTime();
    }

    /** Shows how far it is. */
    synchronized void progress(String text) {
        long now = System.nanoTime();
        if (closed) {
            return;
        }
        if (interactive) {
            clear();
            output.print(elapsed() + text);
            output.flush();
            live = true;
        } else if (now - lastPlain >= PLAIN_NANOS) {
            output.println(elapsed() + text);
            lastPlain = now;
        }
    }

    /** Writes nothing more. */
    synchronized void close() {
        if (!closed) {
            clear();
            closed = true;
        }
    }

    private void clear() {
        if (live) {
            output.print(BACK_AND_ERASE);
            output.flush();
            live = false;
        }
    }

    private String elapsed() {
        return String.format(Locale.ROOT, "%5.1f s  ", (System.nanoTime() - start) / 1e9);
    }
}
