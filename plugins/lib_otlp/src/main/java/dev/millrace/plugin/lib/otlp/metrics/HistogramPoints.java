package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of histograms with bounds, as classic histograms, or as native ones with custom buckets.
 *
 * <pre>
 * HistogramDataPoint  2 start_time_unix_nano  fixed64   3 time_unix_nano   fixed64   4 count   fixed64
 *                     5 sum                   double    6 bucket_counts    fixed64   7 explicit_bounds  double
 *                     8 exemplars             Exemplar  9 attributes       KeyValue  10 flags  uint32
 * </pre>
 */
final class HistogramPoints implements PointReader {
    private static final int START = 2 << 3 | 1;
    private static final int TIME = 3 << 3 | 1;
    private static final int COUNT = 4 << 3 | 1;
    private static final int SUM = 5 << 3 | 1;
    private static final int COUNTS = 6 << 3 | 2;
    private static final int ONE_COUNT = 6 << 3 | 1;
    private static final int BOUNDS = 7 << 3 | 2;
    private static final int ONE_BOUND = 7 << 3 | 1;
    private static final int EXEMPLARS = 8 << 3 | 2;
    private static final int ATTRIBUTES = 9 << 3 | 2;
    private static final int FLAGS = 10 << 3;

    private final Translation translation;
    private final MetricTranslator translator;
    private final MetricBatchBuilder rows;
    private final Fields fields;
    private final Numbers numbers;
    private final PointHead head;
    private final Key key = new Key();
    private final Longs counts = new Longs();
    private final Longs bounds = new Longs();
    private long count;
    private long sum;
    private boolean hasSum;

    HistogramPoints(Translation translation, MetricTranslator translator, PointHead head) {
        this.translation = translation;
        this.translator = translator;
        this.rows = translation.rows();
        this.fields = new Fields(translation.bytes());
        this.numbers = new Numbers(translation.bytes());
        this.head = head;
    }

    @Override
    public void read(Family family, @Nullable DeltaGroup deltas, int from, int to) throws ProtobufFormatException {
        readFields(family, from, to);
        Series series = head.series(family);
        Rejection problem = head.problem(series);
        if (problem == null && !fits()) {
            problem = Rejection.BUCKETS;
        }
        if (problem == null && deltas != null && !head.isStale()) {
            problem = sum(deltas, series);
        }
        if (problem != null) {
            translation.reject(problem);
            return;
        }
        translation.at(head.millis());
        if (translator.settings().customBuckets()) {
            addNative(series);
        } else {
            addClassic(series);
        }
    }

    private @Nullable Rejection sum(DeltaGroup deltas, Series series) {
        DeltaStream stream = deltas.stream(series.id().of(bounds), counts.size());
        if (stream == null) {
            return Rejection.STREAM_LIMIT;
        }
        Rejection problem = stream.begin(head);
        if (problem == null) {
            count = stream.count(count);
            sum = hasSum ? stream.number(sum) : sum;
            stream.buckets(counts);
        }
        return problem;
    }

    /* Without buckets there are neither counts nor bounds, or one count without a bound. */
    private boolean fits() {
        if (counts.size() != bounds.size() + 1 && !(counts.size() == 0 && bounds.size() == 0)) {
            return head.isStale() && counts.size() == 0;
        }
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) < 0) {
                return false;
            }
        }
        for (int i = 0; i < bounds.size(); i++) {
            double bound = bound(i);
            if (!Double.isFinite(bound) || i > 0 && !(bound > bound(i - 1))) {
                return false;
            }
        }
        return true;
    }

    private double[] bounds() {
        double[] all = new double[bounds.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bound(i);
        }
        return all;
    }

    private double bound(int index) {
        return Double.longBitsToDouble(bounds.get(index));
    }

    private void addClassic(Series series) throws ProtobufFormatException {
        ManySeries many = many(series);
        List<Exemplar> exemplars = head.exemplars().all();
        if (hasSum || head.isStale()) {
            add(series, many.sum(), sum, List.of());
        }
        add(series, many.count(), real(count), List.of());
        long cumulative = 0;
        for (int i = 0; i < bounds.size(); i++) {
            cumulative += i < counts.size() ? counts.get(i) : 0;
            add(series, many.parts()[i], real(cumulative), newest(exemplars, i));
        }
        add(series, many.parts()[bounds.size()], real(count), newest(exemplars, bounds.size()));
    }

    private void add(Series series, Labels labels, long value, List<Exemplar> exemplars) {
        rows.add(labels, head.millis(), head.isStale() ? MetricBatch.STALE_NAN : value)
                .metadata(series.family().metadata());
        if (head.start != 0) {
            rows.startTimestamp(head.startMillis());
        }
        if (!exemplars.isEmpty()) {
            rows.exemplars(exemplars);
        }
    }

    private static long real(long number) {
        return Double.doubleToRawLongBits((double) number);
    }

    /* The newest exemplar of a bucket: one line of an exposition has one. */
    private List<Exemplar> newest(List<Exemplar> exemplars, int bucket) {
        for (int i = exemplars.size() - 1; i >= 0; i--) {
            double value = Double.longBitsToDouble(exemplars.get(i).valueBits());
            boolean above = bucket == 0 || value > bound(bucket - 1);
            if (above && (bucket == bounds.size() || value <= bound(bucket))) {
                return List.of(exemplars.get(i));
            }
        }
        return List.of();
    }

    private ManySeries many(Series series) {
        key.begin(series);
        for (int i = 0; i < bounds.size(); i++) {
            key.add(bounds.get(i));
        }
        ManySeries known = translator.known().find(key.done(), ManySeries.class);
        return known != null ? known : translator.known().keep(key, ManySeries.histogram(series, bounds()));
    }

    private void addNative(Series series) throws ProtobufFormatException {
        NativeHistogram histogram;
        if (head.isStale()) {
            histogram = ExponentialPoints.stale(NativeHistogram.CUSTOM_BUCKETS);
        } else {
            SpanColumns positive = new SpanColumns();
            List<Double> custom = new ArrayList<>(bounds.size());
            long total = 0;
            for (int i = 0; i < counts.size(); i++) {
                positive.add(i, counts.get(i));
                total += counts.get(i);
            }
            for (int i = 0; i < bounds.size(); i++) {
                custom.add(bound(i));
            }
            if (counts.size() == 0) {
                positive.add(0, count);
                total = count;
            }
            histogram = new NativeHistogram(
                    false,
                    total,
                    hasSum ? sum : 0,
                    NativeHistogram.CUSTOM_BUCKETS,
                    0,
                    0,
                    Buckets.NONE,
                    positive.buckets(),
                    NativeHistogram.ResetHint.UNKNOWN,
                    custom);
        }
        rows.add(series.labels(), head.millis(), histogram)
                .metadata(series.family().metadata());
        if (head.start != 0) {
            rows.startTimestamp(head.startMillis());
        }
        if (!head.exemplars().isEmpty()) {
            rows.exemplars(head.exemplars().all());
        }
    }

    private void readFields(Family family, int from, int to) throws ProtobufFormatException {
        head.begin(family);
        counts.clear();
        bounds.clear();
        count = 0;
        sum = 0;
        hasSum = false;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case START -> head.start = fields.number();
                case TIME -> head.time = fields.number();
                case COUNT -> count = fields.number();
                case SUM -> {
                    sum = Nan.ofOther(fields.number());
                    hasSum = true;
                }
                case COUNTS -> numbers.fixed(fields, counts);
                case ONE_COUNT -> counts.add(fields.number());
                case BOUNDS -> numbers.fixed(fields, bounds);
                case ONE_BOUND -> bounds.add(fields.number());
                case EXEMPLARS -> head.exemplars().add(fields);
                case ATTRIBUTES -> head.attribute(fields);
                case FLAGS -> head.flags = fields.number();
                default -> {}
            }
        }
        dropInfinity();
    }

    /* Some clients send the bound of the last bucket, which has none. */
    private void dropInfinity() {
        int last = bounds.size() - 1;
        if (last >= 0 && bound(last) == Double.POSITIVE_INFINITY && counts.size() == bounds.size()) {
            bounds.truncate(last);
        }
    }
}
