package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.List;

/** How what comes out is named: a text in which some words stand for what is known later. */
final class NameFormat {
    private static final String METRIC = "{metric}";
    private static final String OUTPUT = "{output}";

    /** One with all words. */
    static final String LONGEST = METRIC + OUTPUT;

    private NameFormat() {}

    /** The one of VictoriaMetrics' stream aggregation, such as {@code {metric}:1m_by_job_{output}}. */
    static String of(Duration interval, List<String> by, List<String> without) {
        return METRIC + ":" + text(interval) + labels("_by_", by) + labels("_without_", without) + "_" + OUTPUT;
    }

    /** Refuses a format in which two series could have one name. */
    static void check(String format, int outputs) {
        if (!format.contains(METRIC)) {
            throw new InvalidOptionException("name", "'" + format + "' (expected: with " + METRIC + ")");
        }
        if (outputs > 1 && !format.contains(OUTPUT)) {
            throw new InvalidOptionException(
                    "name", "'" + format + "' for " + outputs + " outputs (expected: with " + OUTPUT + ")");
        }
    }

    /** The name of an output of a metric. */
    static String name(String format, String metric, Output output) {
        return format.replace(OUTPUT, output.text()).replace(METRIC, metric);
    }

    private static String labels(String word, List<String> names) {
        return names.isEmpty() ? "" : word + String.join("_", names);
    }

    private static String text(Duration interval) {
        long millis = interval.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
