package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.extension.Content;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;

/**
 * Counters of what stands in requests, one for each kind, as Prometheus has them. Thread-safe.
 *
 * @param samples of float samples
 * @param histograms of native histograms
 * @param exemplars of exemplars
 * @param metadata of descriptions of metrics
 */
record ContentCounters(Counter samples, Counter histograms, Counter exemplars, Counter metadata) {
    /**
     * Registers counters.
     *
     * @param suffix what follows the kind in their names, such as {@code _failed_total}
     * @param help what follows the kind in their help
     */
    static ContentCounters of(Metrics metrics, String prefix, String suffix, String help, String... labels) {
        return new ContentCounters(
                metrics.counter(prefix + "samples" + suffix, "Float samples " + help, labels),
                metrics.counter(prefix + "histograms" + suffix, "Native histograms " + help, labels),
                metrics.counter(prefix + "exemplars" + suffix, "Exemplars " + help, labels),
                metrics.counter(prefix + "metadata" + suffix, "Descriptions of metrics " + help, labels));
    }

    /** Counts what stands in a request. */
    void add(Content content) {
        samples.add(content.samples());
        histograms.add(content.histograms());
        exemplars.add(content.exemplars());
        metadata.add(content.metadata());
    }
}
