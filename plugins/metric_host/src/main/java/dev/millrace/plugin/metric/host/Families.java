package dev.millrace.plugin.metric.host;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;

/**
 * Makes families of series.
 *
 * @param common the labels of all series of the host
 */
record Families(Labels common) {
    Family counter(String name, String help) {
        return family(name, MetricType.COUNTER, help);
    }

    Family gauge(String name, String help) {
        return family(name, MetricType.GAUGE, help);
    }

    /** A family of which the kernel's documentation does not say whether it only grows. */
    Family untyped(String name, String help) {
        return family(name, MetricType.UNKNOWN, help);
    }

    private Family family(String name, MetricType type, String help) {
        return new Family(new Metadata(name, type, help, ""), common);
    }
}
