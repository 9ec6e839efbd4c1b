package dev.millrace.core.pipeline;

import dev.millrace.core.transport.DatagramRoute;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Metrics;

/** Counts datagrams that a component does not get. */
record DatagramDrops(Counter large, Counter many) implements DatagramRoute.Drops {
    static DatagramDrops of(Metrics metrics) {
        return new DatagramDrops(counter(metrics, "too_large"), counter(metrics, "too_many"));
    }

    private static Counter counter(Metrics metrics, String reason) {
        return metrics.counter(
                "millrace_input_dropped_datagrams_total",
                "Datagrams that were larger than is accepted, or came while too many were waiting.",
                "reason",
                reason);
    }

    @Override
    public void tooLarge() {
        large.increment();
    }

    @Override
    public void tooMany() {
        many.increment();
    }
}
