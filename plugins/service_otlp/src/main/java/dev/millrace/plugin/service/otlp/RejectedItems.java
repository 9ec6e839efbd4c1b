package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.metrics.Metrics;
import java.util.Locale;

/** Counts what clients were told is not kept. Thread-safe. */
final class RejectedItems {
    private final Metrics metrics;

    RejectedItems(Metrics metrics) {
        this.metrics = metrics;
    }

    void add(Signal signal, String reason, long items) {
        metrics.counter(
                        "millrace_otlp_rejected_items_total",
                        "Data points, log records and spans that clients were told are not kept, by reason.",
                        "signal",
                        signal.name().toLowerCase(Locale.ROOT),
                        "reason",
                        reason)
                .add(items);
    }
}
