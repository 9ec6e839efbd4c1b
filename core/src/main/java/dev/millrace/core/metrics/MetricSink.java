package dev.millrace.core.metrics;

/** Takes the samples of a {@link MetricSource}. {@code labels} are alternating names and values. */
public interface MetricSink {
    /** A counter's value; its name ends in {@code _total}. */
    void counter(String name, String help, long value, String... labels);

    /** A gauge's value. */
    void gauge(String name, String help, double value, String... labels);
}
