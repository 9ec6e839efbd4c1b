package dev.millrace.core.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;

/** The rules for names of metrics and labels. */
final class MetricName {
    private static final String TOTAL = "_total";

    private MetricName() {}

    /** Returns the name if a metric of this kind can have it. */
    static String checked(String name, Kind kind) {
        if (!PrometheusNaming.isValidLegacyMetricName(name)) {
            throw new IllegalArgumentException("metric: '" + name + "' (expected: letters, digits and '_')");
        }
        if (name.endsWith(TOTAL) != (kind == Kind.COUNTER)) {
            throw new IllegalArgumentException("metric: '" + name + "' (expected: a name that ends in _total for a"
                    + " counter, and only for one)");
        }
        return name;
    }

    /** The name as prometheus-metrics' model wants it. */
    static String ofFamily(String name) {
        return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    /** Labels of alternating names and values, none of them in {@code reserved}. */
    static Labels labels(Labels reserved, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (reserved.contains(namesAndValues[i])) {
                throw new IllegalArgumentException("label: '" + namesAndValues[i] + "' (the host sets it)");
            }
        }
        return reserved.merge(Labels.of(namesAndValues));
    }
}
