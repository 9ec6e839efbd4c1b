package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.MetricType;
import java.util.List;

/** The numbers of metric types, which are the same in both versions. */
final class TypeNumbers {
    private static final List<MetricType> TYPES = List.of(
            MetricType.UNKNOWN,
            MetricType.COUNTER,
            MetricType.GAUGE,
            MetricType.HISTOGRAM,
            MetricType.GAUGE_HISTOGRAM,
            MetricType.SUMMARY,
            MetricType.INFO,
            MetricType.STATE_SET);

    private TypeNumbers() {}

    static int of(MetricType type) {
        return TYPES.indexOf(type);
    }

    /** The type of a number; {@code UNKNOWN} for those of later versions. */
    static MetricType type(int number) {
        return number >= 0 && number < TYPES.size() ? TYPES.get(number) : MetricType.UNKNOWN;
    }
}
