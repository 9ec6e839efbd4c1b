package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The points of gauges and sums.
 *
 * <pre>
 * NumberDataPoint  2 start_time_unix_nano  fixed64   3 time_unix_nano  fixed64   4 as_double   double
 *                  5 exemplars             Exemplar  6 as_int          sfixed64  7 attributes  KeyValue
 *                  8 flags                 uint32
 * </pre>
 */
final class NumberPoints implements PointReader {
    private static final int START = 2 << 3 | 1;
    private static final int TIME = 3 << 3 | 1;
    private static final int AS_DOUBLE = 4 << 3 | 1;
    private static final int EXEMPLARS = 5 << 3 | 2;
    private static final int AS_INT = 6 << 3 | 1;
    private static final int ATTRIBUTES = 7 << 3 | 2;
    private static final int FLAGS = 8 << 3;

    private final Translation translation;
    private final MetricBatchBuilder rows;
    private final Fields fields;
    private final PointHead head;
    private long value;
    private boolean hasValue;

    NumberPoints(Translation translation, PointHead head) {
        this.translation = translation;
        this.rows = translation.rows();
        this.fields = new Fields(translation.bytes());
        this.head = head;
    }

    @Override
    public void read(Family family, @Nullable DeltaGroup deltas, int from, int to) throws ProtobufFormatException {
        readFields(family, from, to);
        Series series = head.series(family);
        Rejection problem = head.problem(series);
        if (problem == null && !hasValue && !head.isStale()) {
            problem = Rejection.NO_VALUE;
        }
        if (problem == null && deltas != null && !head.isStale()) {
            problem = sum(deltas, series);
        }
        if (problem != null) {
            translation.reject(problem);
            return;
        }
        translation.at(head.millis());
        rows.add(series.labels(), head.millis(), head.isStale() ? MetricBatch.STALE_NAN : value)
                .metadata(family.metadata());
        if (family.counts()) {
            addBeside();
        }
    }

    private @Nullable Rejection sum(DeltaGroup deltas, Series series) {
        DeltaStream stream = deltas.stream(series.id(), 0);
        if (stream == null) {
            return Rejection.STREAM_LIMIT;
        }
        Rejection problem = stream.begin(head);
        if (problem == null) {
            value = stream.number(value);
        }
        return problem;
    }

    private void addBeside() throws ProtobufFormatException {
        if (head.start != 0) {
            rows.startTimestamp(head.startMillis());
        }
        if (!head.exemplars().isEmpty()) {
            rows.exemplars(head.exemplars().all());
        }
    }

    private void readFields(Family family, int from, int to) throws ProtobufFormatException {
        head.begin(family);
        hasValue = false;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case START -> head.start = fields.number();
                case TIME -> head.time = fields.number();
                case AS_DOUBLE -> value(Nan.ofOther(fields.number()));
                case AS_INT -> value(Double.doubleToRawLongBits((double) fields.number()));
                case EXEMPLARS -> head.exemplars().add(fields);
                case ATTRIBUTES -> head.attribute(fields);
                case FLAGS -> head.flags = fields.number();
                default -> {}
            }
        }
    }

    private void value(long bits) {
        value = bits;
        hasValue = true;
    }
}
