package dev.millrace.spi.metrics;

/** A histogram of observations. Thread-safe. */
public interface Distribution {
    /** Counts an observation. */
    void observe(double value);
}
