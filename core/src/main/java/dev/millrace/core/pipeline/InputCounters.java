package dev.millrace.core.pipeline;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.Refusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What was received from one input, and what became of it. Thread-safe. */
final class InputCounters {
    private final Counter received;
    private final Counter acknowledged;
    private final Map<Refusal.Reason, Counter> refused = new EnumMap<>(Refusal.Reason.class);

    InputCounters(Metrics metrics) {
        received = metrics.counter("millrace_input_received_items_total", "Items that the input handed over.");
        acknowledged =
                metrics.counter("millrace_input_acknowledged_items_total", "Items that the input was told are kept.");
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            refused.put(
                    reason,
                    metrics.counter(
                            "millrace_input_refused_items_total",
                            "Items that the input was told are not kept, by reason.",
                            "reason",
                            reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    void received(int items) {
        received.add(items);
    }

    void acknowledged(int items) {
        acknowledged.add(items);
    }

    void refused(int items, Refusal.Reason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.add(items);
        }
    }
}
