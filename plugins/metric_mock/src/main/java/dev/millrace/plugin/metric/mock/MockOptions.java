package dev.millrace.plugin.metric.mock;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code metric_mock}.
 *
 * @param intervalMs the time between two samples of a series, in milliseconds
 * @param name the name of the metric
 * @param series the number of series, which the label {@code series} tells apart
 * @param index the value that counting starts from
 * @param labels labels of all series
 * @param tags more of them
 * @param fields more of them
 * @param groupTags more of them
 * @param groupMeta more of them
 * @param openPrometheusPattern accepted for configurations of iLogtail, without effect
 */
@Doc(value = "Makes counters that grow by one each interval, to try things out with.", example = """
        IntervalMs: 500
        Series: 10
        Labels:
          region: north
        """)
public record MockOptions(
        @Doc("The time between two samples of a series, in milliseconds.") @Default("1000")
        int intervalMs,

        @Doc("The name of the metric.") @Default("mock_metric")
        String name,

        @Doc("The number of series; the label series tells them apart, from 0.") @Default("1")
        int series,

        @Doc("The value that counting starts from; the first value is the next.") @Default("0")
        long index,

        @Doc(value = "Labels of all series.", example = "{region: north}")
        Map<String, String> labels,

        @Doc(value = "The same as Labels, as iLogtail calls them.", example = "{region: north}")
        Map<String, String> tags,

        @Doc(
                value = "The same as Labels, as iLogtail makes them in the form of Prometheus.",
                example = "{region: north}")
        Map<String, String> fields,

        @Doc(value = "The same as Labels: the tags of a group are labels here.", example = "{region: north}")
        Map<String, String> groupTags,

        @Doc(value = "The same as Labels: the metadata of a group are labels here.", example = "{region: north}")
        Map<String, String> groupMeta,

        @Doc("Accepted from iLogtail's files; all samples have the form of Prometheus here.") @Default("true")
        boolean openPrometheusPattern) {
    static final String SERIES = "series";

    public MockOptions {
        labels = Map.copyOf(labels);
        tags = Map.copyOf(tags);
        fields = Map.copyOf(fields);
        groupTags = Map.copyOf(groupTags);
        groupMeta = Map.copyOf(groupMeta);
        if (intervalMs < 1) {
            throw new InvalidOptionException("intervalMs", intervalMs + " (expected: > 0)");
        }
        if (name.isEmpty()) {
            throw new InvalidOptionException("name", "'' (expected: a metric name)");
        }
        if (series < 1) {
            throw new InvalidOptionException("series", series + " (expected: > 0)");
        }
        check("labels", labels);
        check("tags", tags);
        check("fields", fields);
        check("groupTags", groupTags);
        check("groupMeta", groupMeta);
    }

    /** The labels of all series; of two of one name, that which is written under Labels, else the one before. */
    Map<String, String> allLabels() {
        Map<String, String> all = new HashMap<>(labels);
        List.of(tags, fields, groupTags, groupMeta).forEach(more -> more.forEach(all::putIfAbsent));
        return all;
    }

    private static void check(String component, Map<String, String> labels) {
        for (String label : labels.keySet()) {
            if (label.isEmpty() || label.equals(SERIES) || label.equals("__name__")) {
                throw new InvalidOptionException(
                        component, "'" + label + "' (expected: a label name other than series and __name__)");
            }
        }
    }
}
