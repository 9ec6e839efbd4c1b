package dev.millrace.core.pipeline;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A component's metrics, of which those that its plugin computes are read as calls into it. One that hangs is left out. */
final class GuardedMetrics implements Metrics {
    private final WatchedComponent component;
    private final Metrics metrics;

    GuardedMetrics(WatchedComponent component, Metrics metrics) {
        this.component = component;
        this.metrics = metrics;
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        return metrics.counter(name, help, labels);
    }

    @Override
    public Distribution distribution(String name, String help, String... labels) {
        return metrics.distribution(name, help, labels);
    }

    @Override
    public void counter(String name, String help, DoubleSupplier value, String... labels) {
        Supplier<Double> read = guarded(name, value::getAsDouble);
        metrics.counter(name, help, read::get, labels);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Supplier<Double> read = guarded(name, value::getAsDouble);
        metrics.gauge(name, help, read::get, labels);
    }

    @Override
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {
        metrics.counters(name, help, label, guarded(name, () -> new TreeMap<>(values.get())), labels);
    }

    private <T> Supplier<T> guarded(String name, Supplier<T> source) {
        return new GuardedSupplier<>(component, "a metric", "the metric " + name, source);
    }
}
