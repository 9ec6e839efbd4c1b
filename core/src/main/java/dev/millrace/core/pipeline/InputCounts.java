package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.pipeline.Refusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was received from one input, and what became of it. Guarded by the lock of {@link PipelineCounters}. */
final class InputCounts {
    private final Map<Refusal.Reason, Long> refused = new EnumMap<>(Refusal.Reason.class);
    private long received;
    private long acknowledged;
    private long pending;

    InputCounts() {
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            refused.put(reason, 0L);
        }
    }

    long pending() {
        return pending;
    }

    void received(int items) {
        received += items;
        pending += items;
    }

    void acknowledged(int items) {
        acknowledged += items;
        pending -= items;
    }

    void refused(int items, Refusal.Reason reason) {
        refused.merge(reason, (long) items, Long::sum);
        pending -= items;
    }

    ComponentReading.Input reading(String component, ComponentState state, Optional<Incident> lastError) {
        Map<String, Long> byReason = new TreeMap<>();
        refused.forEach((reason, items) -> byReason.put(label(reason), items));
        return new ComponentReading.Input(component, state, received, acknowledged, byReason, pending, lastError);
    }

    private static String label(Refusal.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    void collect(MetricSink sink, String pipeline, String component) {
        String[] labels = {"pipeline", pipeline, "component", component};
        sink.counter("millrace_input_received_items_total", "Items that the input handed over.", received, labels);
        sink.counter(
                "millrace_input_acknowledged_items_total",
                "Items that the input was told are kept, or were taken out by a processor.",
                acknowledged,
                labels);
        refused.forEach((reason, items) -> sink.counter(
                "millrace_input_refused_items_total",
                "Items that the input was told are not kept, by reason.",
                items,
                "pipeline",
                pipeline,
                "component",
                component,
                "reason",
                label(reason)));
        sink.gauge(
                "millrace_input_pending_items",
                "Items on their way to the journal, of which the input was told nothing yet.",
                (double) pending,
                labels);
    }
}
