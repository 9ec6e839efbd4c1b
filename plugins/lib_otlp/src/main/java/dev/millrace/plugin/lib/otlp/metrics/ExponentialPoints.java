package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of exponential histograms, as native ones.
 *
 * <pre>
 * ExponentialHistogramDataPoint  1 attributes  KeyValue  2 start_time_unix_nano  fixed64   3 time_unix_nano  fixed64
 *                                4 count       fixed64   5 sum                   double    6 scale           sint32
 *                                7 zero_count  fixed64   8 positive              Buckets   9 negative        Buckets
 *                               10 flags       uint32   11 exemplars             Exemplar 14 zero_threshold  double
 * Buckets                        1 offset      sint32    2 bucket_counts         uint64
 * </pre>
 *
 * <p>A scale above 8 is made coarser; one below -4 cannot be kept. Bucket {@code i} of OTLP is bucket {@code i + 1} there.
 */
final class ExponentialPoints implements PointReader {
    private static final int ATTRIBUTES = 1 << 3 | 2;
    private static final int START = 2 << 3 | 1;
    private static final int TIME = 3 << 3 | 1;
    private static final int COUNT = 4 << 3 | 1;
    private static final int SUM = 5 << 3 | 1;
    private static final int SCALE = 6 << 3;
    private static final int ZERO_COUNT = 7 << 3 | 1;
    private static final int POSITIVE = 8 << 3 | 2;
    private static final int NEGATIVE = 9 << 3 | 2;
    private static final int FLAGS = 10 << 3;
    private static final int EXEMPLARS = 11 << 3 | 2;
    private static final int ZERO_THRESHOLD = 14 << 3 | 1;

    private static final int FINEST = 8;
    private static final int COARSEST = -4;
    /** What Prometheus takes where a point has none. */
    private static final double LEAST_THRESHOLD = 1e-128;

    private final Translation translation;
    private final MetricBatchBuilder rows;
    private final Fields fields;
    private final PointHead head;
    private final ExponentialValue value;
    private boolean hasSum;

    ExponentialPoints(Translation translation, PointHead head) {
        this.translation = translation;
        this.rows = translation.rows();
        this.fields = new Fields(translation.bytes());
        this.head = head;
        this.value = new ExponentialValue(translation.bytes());
    }

    /** The marker that a histogram series has ended: no count and no buckets. */
    static NativeHistogram stale(int schema) {
        return new NativeHistogram(
                false,
                0,
                MetricBatch.STALE_NAN,
                schema,
                0,
                0,
                Buckets.NONE,
                Buckets.NONE,
                NativeHistogram.ResetHint.UNKNOWN,
                List.of());
    }

    @Override
    public void read(Family family, @Nullable DeltaGroup deltas, int from, int to) throws ProtobufFormatException {
        readFields(family, from, to);
        Series series = head.series(family);
        Rejection problem = head.problem(series);
        if (problem == null && !head.isStale()) {
            problem = problem();
        }
        if (problem == null && deltas != null && !head.isStale()) {
            problem = sum(deltas, series);
        }
        if (problem != null) {
            translation.reject(problem);
            return;
        }
        translation.at(head.millis());
        rows.add(series.labels(), head.millis(), head.isStale() ? stale(0) : histogram())
                .metadata(family.metadata());
        if (head.start != 0) {
            rows.startTimestamp(head.startMillis());
        }
        if (!head.exemplars().isEmpty()) {
            rows.exemplars(head.exemplars().all());
        }
    }

    private @Nullable Rejection problem() {
        if (value.scale < COARSEST) {
            return Rejection.SCALE;
        }
        if (!hasSum) {
            return Rejection.NO_SUM;
        }
        value.coarsen(Math.max(0, value.scale - FINEST));
        if (!value.fits()) {
            return Rejection.BUCKET_INDEX;
        }
        return value.adds() ? null : Rejection.BUCKETS;
    }

    private @Nullable Rejection sum(DeltaGroup deltas, Series series) {
        DeltaStream stream = deltas.stream(series.id(), ExponentialValue.MOST_NUMBERS);
        if (stream == null) {
            return Rejection.STREAM_LIMIT;
        }
        Rejection problem = stream.begin(head);
        return problem == null ? stream.exponential(value) : problem;
    }

    private NativeHistogram histogram() {
        return new NativeHistogram(
                false,
                value.count,
                value.sum,
                value.scale,
                value.zeroThreshold == 0 ? LEAST_THRESHOLD : value.zeroThreshold,
                value.zeroCount,
                value.negative.buckets(),
                value.positive.buckets(),
                NativeHistogram.ResetHint.UNKNOWN,
                List.of());
    }

    private void readFields(Family family, int from, int to) throws ProtobufFormatException {
        head.begin(family);
        value.clear();
        hasSum = false;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case ATTRIBUTES -> head.attribute(fields);
                case START -> head.start = fields.number();
                case TIME -> head.time = fields.number();
                case COUNT -> value.count = fields.number();
                case SUM -> {
                    value.sum = Nan.ofOther(fields.number());
                    hasSum = true;
                }
                case SCALE -> value.scale = (int) fields.signed();
                case ZERO_COUNT -> value.zeroCount = fields.number();
                case POSITIVE -> value.positive.read(fields);
                case NEGATIVE -> value.negative.read(fields);
                case FLAGS -> head.flags = fields.number();
                case EXEMPLARS -> head.exemplars().add(fields);
                case ZERO_THRESHOLD -> value.zeroThreshold = fields.real();
                default -> {}
            }
        }
    }
}
