package dev.millrace.plugin.service.http.statsd;

import dev.millrace.plugin.service.http.statsd.Measure.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What has come of one series. Not thread-safe. */
final class Tally {
    private static final int MAX_ELEMENTS = 10_000;

    private final Kind kind;
    private final long since;

    /** Of a timing, how many were in each bucket, the last one without a bound; else none. */
    private final double[] counts;

    private final Set<String> elements = new HashSet<>();
    private long changed;

    /** The sum of a counter or timing, or the value of a gauge. */
    private double value;

    /** A series that began {@code since}; times in milliseconds since the epoch. */
    Tally(Kind kind, long since, int buckets) {
        this.kind = kind;
        this.since = since;
        this.changed = since;
        this.counts = new double[kind == Kind.TIMING ? buckets : 0];
    }

    Kind kind() {
        return kind;
    }

    long since() {
        return since;
    }

    /** When something last came. */
    long changed() {
        return changed;
    }

    double value() {
        return value;
    }

    double[] counts() {
        return counts;
    }

    /** How many elements a set had since this was asked before. */
    int takeElements() {
        int size = elements.size();
        elements.clear();
        return size;
    }

    /** Takes a measure of its kind; {@code bounds} are those of the buckets but the last. */
    void add(Measure measure, double[] bounds, long now) {
        changed = now;
        switch (kind) {
            case COUNTER -> value += measure.value() * measure.weight();
            case GAUGE -> value = measure.relative() ? value + measure.value() : measure.value();
            case TIMING -> {
                value += measure.value() * measure.weight();
                int bucket = 0;
                while (bucket < bounds.length && measure.value() > bounds[bucket]) {
                    bucket++;
                }
                counts[bucket] += measure.weight();
            }
            case SET -> {
                if (elements.size() < MAX_ELEMENTS) {
                    elements.add(measure.element());
                }
            }
        }
    }

    /** The number of bytes that {@link #write} takes. */
    int bytes() {
        return Character.BYTES + 3 * Long.BYTES + Double.BYTES * counts.length;
    }

    /** Writes all but the elements of a set, which are of one interval only. */
    void write(DataOutput out) throws IOException {
        out.writeChar(kind.code());
        out.writeLong(since);
        out.writeLong(changed);
        out.writeDouble(value);
        for (double count : counts) {
            out.writeDouble(count);
        }
    }

    static Tally read(DataInput in, int buckets) throws IOException {
        Kind kind = Kind.of(in.readChar());
        Tally tally = new Tally(kind, in.readLong(), buckets);
        tally.changed = in.readLong();
        tally.value = in.readDouble();
        for (int i = 0; i < tally.counts.length; i++) {
            tally.counts[i] = in.readDouble();
        }
        return tally;
    }
}
