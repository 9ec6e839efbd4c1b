package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the series of one metric after another: that of a native histogram, and those that the text format would have.
 *
 * <p>Of a summary these are the count, the sum and the quantiles, of a histogram the count, the sum and the buckets up to
 * that of all observations, which is added where it is missing. Makes no objects but native histograms. Not thread-safe.
 */
final class Unrolling {
    private static final int VALUE = 0x09;
    private static final int COUNTER_EXEMPLAR = 0x12;
    private static final int COUNTER_START = 0x1a;

    private static final int SUMMARY_COUNT = 0x08;
    private static final int SUMMARY_SUM = 0x11;
    private static final int SUMMARY_QUANTILE = 0x1a;
    private static final int SUMMARY_START = 0x22;
    private static final int QUANTILE = 0x09;
    private static final int QUANTILE_VALUE = 0x11;

    private static final int BUCKET_COUNT = 0x08;
    private static final int BUCKET_BOUND = 0x11;
    private static final int BUCKET_EXEMPLAR = 0x1a;
    private static final int BUCKET_COUNT_FLOAT = 0x21;

    private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private final boolean natives;
    private final boolean classicToo;
    private final Fields fields;
    private final Fields parts;
    private final Fields part;
    private final Timestamps timestamps;
    private final HistogramMessage message;
    private final ExemplarMessages exemplars;

    private State state = State.END;
    private MetricType type = MetricType.UNKNOWN;
    private int start;
    private int end;

    private Part kind = Part.VALUE;
    private long bound;
    private long value;
    private long started;
    private long count;
    private long sum;
    private @Nullable NativeHistogram histogram;
    private int exemplarStart;
    private int exemplarEnd;

    /**
     * Of native histograms.
     *
     * @param natives whether they are read; otherwise they are classic ones
     * @param classicToo whether their classic buckets are read as well
     */
    Unrolling(byte[] bytes, boolean natives, boolean classicToo) {
        this.natives = natives;
        this.classicToo = classicToo;
        this.fields = new Fields(bytes);
        this.parts = new Fields(bytes);
        this.part = new Fields(bytes);
        this.timestamps = new Timestamps(bytes);
        this.message = new HistogramMessage(bytes);
        this.exemplars = new ExemplarMessages(bytes);
    }

    /** The series that comes next. */
    private enum State {
        SINGLE,
        NATIVE,
        COUNT,
        SUM,
        QUANTILES,
        BUCKETS,
        END
    }

    /** Begins with the metric whose value is in a range. */
    void begin(MetricType familyType, int from, int to) throws ProtobufFormatException {
        type = familyType;
        start = from;
        end = to;
        started = 0;
        count = 0;
        sum = 0;
        exemplarStart = exemplarEnd = from;
        histogram = null;
        switch (type) {
            case SUMMARY -> summary();
            case HISTOGRAM, GAUGE_HISTOGRAM -> histogram();
            default -> single();
        }
    }

    /** Goes to the next series of the metric. */
    boolean next() throws ProtobufFormatException {
        bound = 0;
        switch (state) {
            case SINGLE -> state = State.END;
            case NATIVE -> {
                kind = Part.NATIVE;
                histogram = message.histogram(type == MetricType.GAUGE_HISTOGRAM);
                value = histogram.sumBits();
                state = classicToo && message.hasBuckets() ? State.COUNT : State.END;
            }
            case COUNT -> {
                histogram = null;
                set(Part.COUNT, count);
                state = State.SUM;
            }
            case SUM -> {
                set(Part.SUM, sum);
                parts.over(start, end);
                state = type == MetricType.SUMMARY ? State.QUANTILES : State.BUCKETS;
            }
            case QUANTILES -> {
                return nextQuantile();
            }
            case BUCKETS -> nextBucket();
            default -> {
                return false;
            }
        }
        return true;
    }

    Part part() {
        return kind;
    }

    /** The bound of the bucket or the quantile, as the raw bits of a double. */
    long bound() {
        return bound;
    }

    /** The value of the series, as the raw bits of a double; of a native histogram its sum. */
    long value() {
        return value;
    }

    long started() {
        return started;
    }

    @Nullable
    NativeHistogram nativeHistogram() {
        return histogram;
    }

    boolean hasExemplar() {
        return exemplarEnd > exemplarStart;
    }

    int exemplarStart() {
        return exemplarStart;
    }

    int exemplarEnd() {
        return exemplarEnd;
    }

    /** The exemplar of a float, at a time if it has none of its own; null where no receiver would take it. */
    @Nullable
    Exemplar exemplar(long time) throws ProtobufFormatException {
        return exemplars.read(exemplarStart, exemplarEnd).exemplar(time);
    }

    /** The exemplars of a native histogram later than a time: its own, or else those of its classic buckets. */
    List<Exemplar> exemplars(long after) throws ProtobufFormatException {
        if (!message.hasExemplars() && !message.hasBuckets()) {
            return List.of();
        }
        List<Exemplar> timed = new ArrayList<>();
        int tag = message.hasExemplars() ? HistogramMessage.EXEMPLAR : HistogramMessage.BUCKET;
        fields.over(start, end);
        for (int next = fields.next(); next != 0; next = fields.next()) {
            if (next != tag) {
                continue;
            }
            if (tag == HistogramMessage.EXEMPLAR) {
                addTimed(fields.start(), fields.end(), after, timed);
            } else {
                addTimedOfBucket(after, timed);
            }
        }
        timed.sort(Comparator.comparingLong(Exemplar::timestamp));
        return timed;
    }

    private void addTimedOfBucket(long after, List<Exemplar> target) throws ProtobufFormatException {
        part.over(fields.start(), fields.end());
        for (int tag = part.next(); tag != 0; tag = part.next()) {
            if (tag == BUCKET_EXEMPLAR) {
                addTimed(part.start(), part.end(), after, target);
            }
        }
    }

    private void addTimed(int from, int to, long after, List<Exemplar> target) throws ProtobufFormatException {
        if (!exemplars.read(from, to).isTimed() || exemplars.timestamp() <= after) {
            return;
        }
        Exemplar exemplar = exemplars.exemplar(after);
        if (exemplar != null) {
            target.add(exemplar);
        }
    }

    private void single() throws ProtobufFormatException {
        kind = Part.VALUE;
        long bits = 0;
        boolean counter = type == MetricType.COUNTER;
        fields.over(start, end);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == VALUE) {
                bits = fields.number();
            } else if (counter && tag == COUNTER_EXEMPLAR) {
                exemplarStart = fields.start();
                exemplarEnd = fields.end();
            } else if (counter && tag == COUNTER_START) {
                started = timestamps.milliseconds(fields.start(), fields.end());
            }
        }
        value = Nan.ofOther(bits);
        state = State.SINGLE;
    }

    private void summary() throws ProtobufFormatException {
        fields.over(start, end);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case SUMMARY_COUNT -> count = Counts.bits(fields.number(), 0);
                case SUMMARY_SUM -> sum = fields.number();
                case SUMMARY_START -> started = timestamps.milliseconds(fields.start(), fields.end());
                default -> {
                    // A quantile, which is read when its turn comes, or a field of a later version.
                }
            }
        }
        state = State.COUNT;
    }

    private void histogram() throws ProtobufFormatException {
        message.read(start, end);
        started = message.start();
        count = message.countBits();
        sum = message.sumBits();
        state = natives && message.isNative() ? State.NATIVE : State.COUNT;
    }

    private boolean nextQuantile() throws ProtobufFormatException {
        for (int tag = parts.next(); tag != 0; tag = parts.next()) {
            if (tag == SUMMARY_QUANTILE) {
                readQuantile();
                return true;
            }
        }
        state = State.END;
        return false;
    }

    private void readQuantile() throws ProtobufFormatException {
        long bits = 0;
        part.over(parts.start(), parts.end());
        for (int tag = part.next(); tag != 0; tag = part.next()) {
            switch (tag) {
                case QUANTILE -> bound = Nan.ofOther(part.number());
                case QUANTILE_VALUE -> bits = part.number();
                default -> {
                    // A field of a later version.
                }
            }
        }
        set(Part.QUANTILE, bits);
    }

    private void nextBucket() throws ProtobufFormatException {
        exemplarStart = exemplarEnd = start;
        for (int tag = parts.next(); tag != 0; tag = parts.next()) {
            if (tag == HistogramMessage.BUCKET) {
                readBucket();
                state = bound == INFINITY ? State.END : State.BUCKETS;
                return;
            }
        }
        bound = INFINITY;
        set(Part.BUCKET, count);
        state = State.END;
    }

    private void readBucket() throws ProtobufFormatException {
        long whole = 0;
        long floating = 0;
        part.over(parts.start(), parts.end());
        for (int tag = part.next(); tag != 0; tag = part.next()) {
            switch (tag) {
                case BUCKET_COUNT -> whole = part.number();
                case BUCKET_BOUND -> bound = Nan.ofOther(part.number());
                case BUCKET_EXEMPLAR -> {
                    exemplarStart = part.start();
                    exemplarEnd = part.end();
                }
                case BUCKET_COUNT_FLOAT -> floating = part.number();
                default -> {
                    // A field of a later version.
                }
            }
        }
        set(Part.BUCKET, Counts.bits(whole, floating));
    }

    private void set(Part series, long bits) {
        kind = series;
        value = Nan.ofOther(bits);
    }
}
