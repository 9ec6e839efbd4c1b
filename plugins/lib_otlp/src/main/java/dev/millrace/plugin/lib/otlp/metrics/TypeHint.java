package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.event.MetricType;
import java.util.Arrays;

/**
 * What a client says of the type that a gauge, or a sum that does not only grow, has in Prometheus: the attribute
 * {@code prometheus.type} among the metadata of a metric, as the collector's receiver for Prometheus writes it.
 */
enum TypeHint {
    NONE("", MetricType.GAUGE),
    GAUGE("gauge", MetricType.GAUGE),
    UNKNOWN("unknown", MetricType.UNKNOWN),
    INFO("info", MetricType.INFO),
    STATE_SET("stateset", MetricType.STATE_SET);

    static final String KEY = "prometheus.type";

    private final String text;
    private final MetricType type;

    TypeHint(String text, MetricType type) {
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

    /** The type of the metric. */
    MetricType type() {
        return type;
    }
}
