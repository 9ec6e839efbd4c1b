package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;

/** Counts samples and exemplars of good pages that are not passed on. Thread-safe. */
final class LeftOutCounters {
    private final Counter duplicates;
    private final Counter outOfBounds;
    private final Counter exemplars;

    LeftOutCounters(Metrics metrics) {
        duplicates = counter(metrics, "duplicate");
        outOfBounds = counter(metrics, "out_of_bounds");
        exemplars = metrics.counter(
                "millrace_input_left_out_exemplars_total",
                "Scraped exemplars that are not passed on, because no receiver would take them.");
    }

    void count(PageCounts counts) {
        duplicates.add(counts.duplicates());
        outOfBounds.add(counts.outOfBounds());
        exemplars.add(counts.exemplars());
    }

    private static Counter counter(Metrics metrics, String reason) {
        return metrics.counter(
                "millrace_input_left_out_samples_total",
                "Scraped samples that are not passed on, by reason.",
                "reason",
                reason);
    }
}
