package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;

/**
 * The options of {@code flusher_stdout}.
 *
 * @param form what is printed
 * @param onlyStdout accepted for configurations of iLogtail, where {@code false} writes to the log as well
 * @param tags a key of iLogtail's
 * @param keyValuePairs a key of iLogtail's
 */
@Doc(value = "Prints events on standard output.", example = """
        Form: summary
        """)
public record StdoutFlusherOptions(
        @Doc(
                "What is printed: lines, one for each event, or summary, one for each group of events that arrives together.")
        @Default("lines")
        Form form,

        @Doc("Always true: events go to standard output and nowhere else.") @Default("true")
        boolean onlyStdout,

        @Doc("labels are always printed") Ignored tags,
        @Doc("an event is printed in a form of its own") Ignored keyValuePairs) {
    /** What is printed. */
    public enum Form {
        /** A line for each event. */
        LINES,
        /** A line for each group of events that arrives together: how many, and the labels that all of them have. */
        SUMMARY
    }

    public StdoutFlusherOptions {
        if (!onlyStdout) {
            throw new InvalidOptionException("onlyStdout", "false (expected: true, events are not written to the log)");
        }
    }
}
