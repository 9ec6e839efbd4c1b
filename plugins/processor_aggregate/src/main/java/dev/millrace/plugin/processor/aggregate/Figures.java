package dev.millrace.plugin.processor.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of the samples of a group in a window. Not thread-safe.
 *
 * <pre>
 *   long    how many samples
 *   double  sum, smallest, largest and newest value
 *   long    the time of the newest
 *   int     how many buckets; for each:
 *     long    how many samples it has
 * </pre>
 */
final class Figures {
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double last;
    private long lastAt = Long.MIN_VALUE;
    private final long[] buckets;

    /** Of no samples, with so many buckets. */
    Figures(int buckets) {
        this.buckets = new long[buckets];
    }

    static Figures read(DataInput in) throws IOException {
        long count = in.readLong();
        double sum = in.readDouble();
        double min = in.readDouble();
        double max = in.readDouble();
        double last = in.readDouble();
        long lastAt = in.readLong();
        Figures figures = new Figures(in.readInt());
        figures.count = count;
        figures.sum = sum;
        figures.min = min;
        figures.max = max;
        figures.last = last;
        figures.lastAt = lastAt;
        for (int i = 0; i < figures.buckets.length; i++) {
            figures.buckets[i] = in.readLong();
        }
        return figures;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(sum);
        out.writeDouble(min);
        out.writeDouble(max);
        out.writeDouble(last);
        out.writeLong(lastAt);
        out.writeInt(buckets.length);
        for (long bucket : buckets) {
            out.writeLong(bucket);
        }
    }

    /**
     * Adds a sample.
     *
     * @param bucket the first bucket whose bound the value does not exceed; the number of buckets where it exceeds all
     */
    void add(double value, long timestamp, int bucket) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (timestamp >= lastAt) {
            lastAt = timestamp;
            last = value;
        }
        if (bucket < buckets.length) {
            buckets[bucket]++;
        }
    }

    /** Adds later samples of the same group and window. */
    void add(Figures later) {
        count += later.count;
        sum += later.sum;
        min = Math.min(min, later.min);
        max = Math.max(max, later.max);
        if (later.lastAt >= lastAt) {
            lastAt = later.lastAt;
            last = later.last;
        }
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += later.buckets[i];
        }
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    /** How many samples a bucket has itself, without those below it. */
    long bucket(int index) {
        return buckets[index];
    }

    /** The value of an output that is one number. */
    double value(Output output) {
        return switch (output) {
            case SUM -> sum;
            case MIN -> min;
            case MAX -> max;
            case COUNT -> (double) count;
            case LAST -> last;
            case AVG -> sum / (double) count;
            case HISTOGRAM -> throw new IllegalArgumentException("output: histogram (expected: one number)");
        };
    }
}
