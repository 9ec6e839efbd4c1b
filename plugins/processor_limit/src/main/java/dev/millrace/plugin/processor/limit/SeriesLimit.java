package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.HashSet;
import java.util.List;

/**
 * How many series there may be that have the values of some labels in common.
 *
 * @param by these labels; none: all series together
 * @param maxSeries the largest number of series for each combination of values
 */
@Doc(value = "A limit for each combination of the values of some labels.", example = """
        By: [__name__]
        MaxSeries: 5000
        """)
public record SeriesLimit(
        @Doc(
                value = "The labels: a limit for each combination of their values; none: one limit for all series.",
                example = "[job, instance]")
        List<String> by,

        @Doc(value = "The largest number of series for each.", example = "5000")
        int maxSeries) {
    public SeriesLimit {
        by = List.copyOf(by);
        if (by.contains("") || new HashSet<>(by).size() < by.size()) {
            throw new InvalidOptionException("by", by + " (expected: names of labels, each once)");
        }
        if (maxSeries < 1) {
            throw new InvalidOptionException("maxSeries", maxSeries + " (expected: > 0)");
        }
    }

    /** The limit as metrics name it: its labels, or {@code total}. */
    String name() {
        return by.isEmpty() ? "total" : String.join(",", by);
    }
}
