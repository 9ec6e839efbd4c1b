package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.event.MetricType;
import java.util.Arrays;

/**
 * What a client says of the type that a gauge, or a sum that does not only grow, has in Prometheus: the attribute
 * {@code prometheus.type} among the metadata of a metric, as the collector's receiver for Prometheus writes it.
 */
enum TypeHint {
    NONE(0, "", MetricType.GAUGE),
    GAUGE(1, "gauge", MetricType.GAUGE),
    UNKNOWN(2, "unknown", MetricType.UNKNOWN),
    INFO(3, "info", MetricType.INFO),
    STATE_SET(4, "stateset", MetricType.STATE_SET);

    static final String KEY = "prometheus.type";

    private final int number;
    private final String text;
    private final MetricType type;

    TypeHint(int number, String text, MetricType type) {
        this.number = number;
        this.text = text;
        this.type = type;
    }

    /** What an attribute says; nothing where it says anything else. */
    static TypeHint of(Attribute attribute) {
        return attribute.key().equals(KEY)
                ? Arrays.stream(values())
                        .filter(hint -> hint.text.equals(attribute.value()))
                        .findFirst()
                        .orElse(NONE)
                : NONE;
    }

    /** A number of its own, less than 8. */
    int number() {
        return number;
    }

    /** The type of the metric. */
    MetricType type() {
        return type;
    }
}
