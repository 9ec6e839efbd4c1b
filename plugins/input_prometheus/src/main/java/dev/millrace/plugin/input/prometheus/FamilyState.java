package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of TYPE, HELP and UNIT say of the samples below them.
 *
 * @param metadata what is known of the family that the last of them names, or null where there was none
 * @param type the type that the last TYPE gave, which need not be that of the family
 */
record FamilyState(@Nullable Metadata metadata, MetricType type) {
    static final FamilyState NONE = new FamilyState(null, MetricType.UNKNOWN);

    private static final String TOTAL = "_total";
    private static final String INFO = "_info";

    /** What is known of a series, or null where it does not belong to the family. */
    @Nullable
    Metadata of(Labels series) {
        return metadata != null && has(metadata, series.get(Labels.METRIC_NAME)) ? metadata : null;
    }

    /* A metric of a family has one of the names that its type gives to its series. */
    private static boolean has(Metadata family, String metric) {
        String name = family.family();
        return switch (family.type()) {
            case COUNTER -> cut(metric, TOTAL).equals(cut(name, TOTAL));
            case INFO -> cut(metric, INFO).equals(cut(name, INFO));
            case HISTOGRAM ->
                metric.equals(name)
                        || is(metric, name, "_bucket")
                        || is(metric, name, "_sum")
                        || is(metric, name, "_count");
            case GAUGE_HISTOGRAM ->
                metric.equals(name)
                        || is(metric, name, "_bucket")
                        || is(metric, name, "_sum")
                        || is(metric, name, "_count")
                        || is(metric, name, "_gsum")
                        || is(metric, name, "_gcount");
            case SUMMARY -> metric.equals(name) || is(metric, name, "_sum") || is(metric, name, "_count");
            default -> metric.equals(name);
        };
    }

    private static boolean is(String metric, String name, String suffix) {
        return metric.length() == name.length() + suffix.length() && metric.startsWith(name) && metric.endsWith(suffix);
    }

    private static String cut(String metric, String suffix) {
        return metric.endsWith(suffix) ? metric.substring(0, metric.length() - suffix.length()) : metric;
    }
}
