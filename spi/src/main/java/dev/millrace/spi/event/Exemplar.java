package dev.millrace.spi.event;

/**
 * An example of what a sample counted, such as a trace.
 *
 * @param labels its labels, such as {@code trace_id}
 * @param valueBits its value, as the raw bits of a double
 * @param timestamp its time, in milliseconds since the epoch
 */
public record Exemplar(Labels labels, long valueBits, long timestamp) {}
