package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.MetricTranslator;
import dev.millrace.spi.metrics.Metrics;

/** The metrics of the input. */
final class OtlpMetrics {
    private OtlpMetrics() {}

    static void register(Metrics metrics, MetricTranslator translator, MetricsExporter exporter) {
        metrics.counter(
                "millrace_otlp_label_cache_hits_total",
                "Lookups of resources, metrics and series that were known.",
                () -> translator.cache().hits());
        metrics.counter(
                "millrace_otlp_label_cache_misses_total",
                "Lookups of resources, metrics and series that were not known.",
                () -> translator.cache().misses());
        metrics.counter(
                "millrace_otlp_label_cache_evictions_total",
                "Resources, metrics and series that were given up to make room.",
                () -> translator.cache().evictions());
        metrics.gauge(
                "millrace_otlp_label_cache_bytes",
                "About how much memory the known resources, metrics and series take.",
                () -> translator.cache().bytes());
        metrics.gauge("millrace_otlp_delta_streams", "Streams of deltas whose sums are kept.", exporter::streams);
    }
}
