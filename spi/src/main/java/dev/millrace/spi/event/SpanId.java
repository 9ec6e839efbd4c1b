package dev.millrace.spi.event;

/**
 * The identity of a span; all zero where there is none.
 *
 * @param traceHigh the first eight bytes of the trace, big-endian
 * @param traceLow the last eight bytes of the trace, big-endian
 * @param span the eight bytes of the span, big-endian
 */
public record SpanId(long traceHigh, long traceLow, long span) {
    /** No span. */
    public static final SpanId NONE = new SpanId(0, 0, 0);
}
