package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;

/**
 * The options of {@code flusher_stdout}.
 *
 * @param onlyStdout accepted for configurations of iLogtail, where {@code false} writes to the log as well
 */
@Doc("Prints each event as a line on standard output.")
public record StdoutFlusherOptions(
        @Doc("Always true: events go to standard output and nowhere else.") @Default("true")
        boolean onlyStdout) {
    public StdoutFlusherOptions {
        if (!onlyStdout) {
            throw new InvalidOptionException("onlyStdout", "false (expected: true, events are not written to the log)");
        }
    }
}
