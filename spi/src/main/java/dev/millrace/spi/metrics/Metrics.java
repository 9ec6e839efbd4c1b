package dev.millrace.spi.metrics;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Registers metrics. The host adds the labels {@code pipeline} and {@code component}, and removes the metrics when the
 * component has stopped. Registering a name again with the same labels gives the same metric. Thread-safe.
 */
public interface Metrics {
    /** A counter; its name ends in {@code _total}. {@code labels} are alternating names and values. */
    Counter counter(String name, String help, String... labels);

    /** A distribution in seconds or bytes. */
    Distribution distribution(String name, String help, String... labels);

    /** A counter that is read when it is scraped. */
    void counter(String name, String help, DoubleSupplier value, String... labels);

    /** A gauge that is read when it is scraped. */
    void gauge(String name, String help, DoubleSupplier value, String... labels);

    /** Counters that are read when they are scraped, one for each value of {@code label}, which comes after the others. */
    void counters(String name, String help, String label, Supplier<Map<String, Long>> values, String... labels);
}
