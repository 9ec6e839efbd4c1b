package dev.millrace.plugin.metric.mock;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Map;

/**
 * The options of {@code metric_mock}.
 *
 * @param intervalMs the time between two samples of a series, in milliseconds
 * @param name the name of the metric
 * @param series the number of series, which the label {@code series} tells apart
 * @param labels labels of all series
 */
@Doc("Makes counters that grow by one each interval, to try things out with.")
public record MockOptions(
        @Doc("The time between two samples of a series, in milliseconds.") @Default("1000")
        int intervalMs,

        @Doc("The name of the metric.") @Default("mock_metric")
        String name,

        @Doc("The number of series; the label series tells them apart, from 0.") @Default("1")
        int series,

        @Doc("Labels of all series.") Map<String, String> labels) {
    static final String SERIES = "series";

    public MockOptions {
        labels = Map.copyOf(labels);
        if (intervalMs < 1) {
            throw new InvalidOptionException("intervalMs", intervalMs + " (expected: > 0)");
        }
        if (name.isEmpty()) {
            throw new InvalidOptionException("name", "'' (expected: a metric name)");
        }
        if (series < 1) {
            throw new InvalidOptionException("series", series + " (expected: > 0)");
        }
        for (String label : labels.keySet()) {
            if (label.isEmpty() || label.equals(SERIES) || label.equals("__name__")) {
                throw new InvalidOptionException(
                        "labels", "'" + label + "' (expected: a label name other than series and __name__)");
            }
        }
    }
}
