package dev.millrace.spi.testing;

import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import dev.millrace.spi.metrics.Metrics;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Metrics that nobody reads. */
final class TestMetrics implements Metrics {
    @Override
    public Counter counter(String name, String help, String... labels) {
        return amount -> {};
    }

    @Override
    public Distribution distribution(String name, String help, String... labels) {
        return value -> {};
    }

    @Override
    public void counter(String name, String help, DoubleSupplier value, String... labels) {}

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}

    @Override
    public void counters(
            String name, String help, String label, Supplier<Map<String, Long>> values, String... labels) {}
}
