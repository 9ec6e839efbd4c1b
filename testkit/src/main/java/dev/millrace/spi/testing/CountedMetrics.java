package dev.millrace.spi.testing;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Metrics of which counters and gauges are there; their values are read by name and labels, as {@code name[label, value]}. */
public final class CountedMetrics implements Metrics {
    /** The value of each counter. */
    public final Map<String, Long> counters = new TreeMap<>();

    /** The source of each gauge. */
    public final Map<String, DoubleSupplier> gauges = new TreeMap<>();

    @Override
    public Counter counter(String name, String help, String... labels) {
        String key = name + List.of(labels);
        counters.putIfAbsent(key, 0L);
        return amount -> counters.merge(key, amount, Long::sum);
    }

    @Override
    public Distribution distribution(String name, String help, String... labels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void counter(String name, String help, DoubleSupplier value, String... labels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        gauges.put(name + List.of(labels), value);
    }

    @Override
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {
        throw new UnsupportedOperationException();
    }
}
