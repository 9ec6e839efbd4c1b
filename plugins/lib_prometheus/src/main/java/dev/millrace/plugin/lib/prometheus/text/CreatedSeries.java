package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells which series of OpenMetrics say when others began: {@code a_created{x="1"}} speaks of all series of the counter,
 * histogram or summary {@code a} with the same labels, but for {@code le} and {@code quantile}.
 *
 * <p>Works on the texts of series that a {@link TextParser} has read. Not thread-safe.
 */
public final class CreatedSeries {
    private static final byte[] CREATED = ascii("_created");
    private static final byte[][] COUNTER = {ascii("_total"), CREATED};
    private static final byte[][] HISTOGRAM = {ascii("_bucket"), ascii("_sum"), ascii("_count"), CREATED};
    private static final byte[][] SUMMARY = {ascii("_sum"), ascii("_count"), CREATED};
    private static final byte[] BUCKET = ascii("le");
    private static final byte[] QUANTILE = ascii("quantile");
    private static final byte[] NONE = {};

    private final byte[] bytes;
    private final SeriesText one;
    private final SeriesText other;

    /** A view of the first {@code length} bytes of an array, in which the texts of series stand. */
    public CreatedSeries(byte[] bytes, int length) {
        this.bytes = bytes;
        TextErrors errors = new TextErrors(bytes, length);
        this.one = new SeriesText(bytes, length, errors, true);
        this.other = new SeriesText(bytes, length, errors, true);
    }

    /** Whether the families of a type have such series. */
    public static boolean isFor(MetricType type) {
        return type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
    }

    /** A hash that is the same for all series that begin together; {@code at} is where the text of one begins. */
    public long group(int at, MetricType type) {
        read(one, at);
        long hash = SeriesHash.of(bytes, one.nameStart(), baseEnd(one, type));
        for (int i = 0; i < one.size(); i++) {
            if (!isPart(one, i, type)) {
                hash += SeriesHash.of(bytes, one.labelStart(i), one.labelEnd(i))
                        * (SeriesHash.of(bytes, one.valueStart(i), one.valueEnd(i)) | 1);
            }
        }
        return hash;
    }

    /** Whether two series begin together. */
    public boolean isSameGroup(int at, int otherAt, MetricType type) {
        read(one, at);
        read(other, otherAt);
        if (!Arrays.equals(
                bytes, one.nameStart(), baseEnd(one, type), bytes, other.nameStart(), baseEnd(other, type))) {
            return false;
        }
        return hasLabelsOf(one, other, type) && hasLabelsOf(other, one, type);
    }

    /** Whether the name of a series, which ends at an offset, is that of one that says when others began. */
    static boolean isCreated(byte[] bytes, int from, int to) {
        return endsWith(bytes, from, to, CREATED);
    }

    private boolean hasLabelsOf(SeriesText series, SeriesText labels, MetricType type) {
        for (int i = 0; i < labels.size(); i++) {
            if (!isPart(labels, i, type) && !hasLabel(series, labels, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasLabel(SeriesText series, SeriesText labels, int at) {
        // Mostly both have their labels in the same order.
        for (int i = 0; i < series.size(); i++) {
            int candidate = (at + i) % series.size();
            if (Arrays.equals(
                            bytes,
                            series.labelStart(candidate),
                            series.labelEnd(candidate),
                            bytes,
                            labels.labelStart(at),
                            labels.labelEnd(at))
                    && Arrays.equals(
                            bytes,
                            series.valueStart(candidate),
                            series.valueEnd(candidate),
                            bytes,
                            labels.valueStart(at),
                            labels.valueEnd(at))) {
                return true;
            }
        }
        return false;
    }

    /* Whether a label tells the series of one metric apart. */
    private boolean isPart(SeriesText series, int at, MetricType type) {
        byte[] name = type == MetricType.HISTOGRAM ? BUCKET : type == MetricType.SUMMARY ? QUANTILE : NONE;
        return Arrays.equals(bytes, series.labelStart(at), series.labelEnd(at), name, 0, name.length);
    }

    private int baseEnd(SeriesText series, MetricType type) {
        byte[][] suffixes = type == MetricType.HISTOGRAM ? HISTOGRAM : type == MetricType.SUMMARY ? SUMMARY : COUNTER;
        for (byte[] suffix : suffixes) {
            if (endsWith(bytes, series.nameStart(), series.nameEnd(), suffix)) {
                return series.nameEnd() - suffix.length;
            }
        }
        return series.nameEnd();
    }

    private static void read(SeriesText series, int at) {
        try {
            series.read(at);
        } catch (TextFormatException e) {
            throw new IllegalArgumentException("series: " + e.getMessage(), e);
        }
    }

    private static boolean endsWith(byte[] bytes, int from, int to, byte[] suffix) {
        return to - from > suffix.length && Arrays.equals(bytes, to - suffix.length, to, suffix, 0, suffix.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
