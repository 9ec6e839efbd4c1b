package dev.millrace.spi.metrics;

/** A number that only grows. Thread-safe. */
public interface Counter {
    /** Adds {@code amount}, which is not negative. */
    void add(long amount);

    /** Adds one. */
    default void increment() {
        add(1);
    }
}
