package dev.millrace.distribution.numbered;

/**
 * A sample as a receiver got it.
 *
 * @param series the labels as text: {@code name="value",…}, in the order in which they came
 * @param timestamp milliseconds since the epoch
 * @param valueBits the raw bits of the value
 */
public record Sample(String series, long timestamp, long valueBits) {
    /** The bits of the marker that ends a series. */
    public static final long STALE_NAN = 0x7ff0000000000002L;

    /** The value. */
    public double value() {
        return Double.longBitsToDouble(valueBits);
    }

    /** Whether it is the marker that ends a series. */
    public boolean isStale() {
        return valueBits == STALE_NAN;
    }

    /** Whether its series is of the metric. */
    public boolean isOf(String metric) {
        return series.contains("__name__=\"" + metric + "\"");
    }

    /** The label {@code instance}: host and port of the target. */
    public String instance() {
        return label("instance");
    }

    /** The label {@code series}: the number of the series on its page. */
    public String number() {
        return label("series");
    }

    private String label(String name) {
        String opening = name + "=\"";
        int start = series.indexOf(opening) + opening.length();
        return series.substring(start, series.indexOf('"', start));
    }
}
