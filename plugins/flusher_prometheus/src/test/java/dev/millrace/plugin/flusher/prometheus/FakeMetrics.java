package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Metrics that a test reads by name, with labels as in {@code name[a, 1]}. */
final class FakeMetrics implements Metrics {
    private final Map<String, double[]> sums = new TreeMap<>();
    private final Map<String, DoubleSupplier> values = new TreeMap<>();
    private final Map<String, Supplier<Map<String, Long>>> families = new TreeMap<>();

    Map<String, Double> read() {
        Map<String, Double> read = new TreeMap<>();
        values.forEach((name, value) -> read.put(name, value.getAsDouble()));
        families.forEach(
                (name, family) -> family.get().forEach((label, value) -> read.put(name + label, value.doubleValue())));
        return read;
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        double[] sum = sums.computeIfAbsent(name + Arrays.toString(labels), added -> new double[1]);
        values.put(name + Arrays.toString(labels), () -> sum[0]);
        return amount -> sum[0] += amount;
    }

    @Override
    public Distribution distribution(String name, String help, String... labels) {
        double[] count = new double[1];
        values.put(name + Arrays.toString(labels), () -> count[0]);
        return value -> count[0]++;
    }

    @Override
    public void counter(String name, String help, DoubleSupplier value, String... labels) {
        values.put(name + Arrays.toString(labels), value);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        values.put(name + Arrays.toString(labels), value);
    }

    @Override
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> family, String... labels) {
        families.put(name + Arrays.toString(labels) + label + "=", family);
    }
}
