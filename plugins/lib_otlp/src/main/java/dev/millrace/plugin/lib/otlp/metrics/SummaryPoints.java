package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The points of summaries.
 *
 * <pre>
 * SummaryDataPoint  2 start_time_unix_nano  fixed64  3 time_unix_nano   fixed64          4 count       fixed64
 *                   5 sum                   double   6 quantile_values  ValueAtQuantile  7 attributes  KeyValue
 *                   8 flags                 uint32
 * ValueAtQuantile   1 quantile              double   2 value            double
 * </pre>
 */
final class SummaryPoints implements PointReader {
    private static final int START = 2 << 3 | 1;
    private static final int TIME = 3 << 3 | 1;
    private static final int COUNT = 4 << 3 | 1;
    private static final int SUM = 5 << 3 | 1;
    private static final int QUANTILES = 6 << 3 | 2;
    private static final int ATTRIBUTES = 7 << 3 | 2;
    private static final int FLAGS = 8 << 3;
    private static final int QUANTILE = 1 << 3 | 1;
    private static final int VALUE = 2 << 3 | 1;

    private final Translation translation;
    private final MetricTranslator translator;
    private final MetricBatchBuilder rows;
    private final Fields fields;
    private final Fields quantileFields;
    private final PointHead head;
    private final Key key = new Key();
    private final Longs quantiles = new Longs();
    private final Longs values = new Longs();
    private long count;
    private long sum;

    SummaryPoints(Translation translation, MetricTranslator translator, PointHead head) {
        this.translation = translation;
        this.translator = translator;
        this.rows = translation.rows();
        this.fields = new Fields(translation.bytes());
        this.quantileFields = new Fields(translation.bytes());
        this.head = head;
    }

    @Override
    public void read(Family family, @Nullable DeltaGroup deltas, int from, int to) throws ProtobufFormatException {
        readFields(family, from, to);
        Series series = head.series(family);
        Rejection problem = head.problem(series);
        if (problem != null) {
            translation.reject(problem);
            return;
        }
        translation.at(head.millis());
        ManySeries many = many(series);
        add(family, many.sum(), sum);
        add(family, many.count(), Double.doubleToRawLongBits((double) count));
        for (int i = 0; i < values.size(); i++) {
            add(family, many.parts()[i], values.get(i));
        }
    }

    private void add(Family family, Labels labels, long value) {
        rows.add(labels, head.millis(), head.isStale() ? MetricBatch.STALE_NAN : value)
                .metadata(family.metadata());
        if (head.start != 0) {
            rows.startTimestamp(head.startMillis());
        }
    }

    private ManySeries many(Series series) {
        key.begin(series);
        double[] parts = new double[quantiles.size()];
        for (int i = 0; i < parts.length; i++) {
            key.add(quantiles.get(i));
            parts[i] = Double.longBitsToDouble(quantiles.get(i));
        }
        ManySeries known = translator.known().find(key.done(), ManySeries.class);
        return known != null ? known : translator.known().keep(key, ManySeries.summary(series, parts));
    }

    private void readFields(Family family, int from, int to) throws ProtobufFormatException {
        head.begin(family);
        quantiles.clear();
        values.clear();
        count = 0;
        sum = 0;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case START -> head.start = fields.number();
                case TIME -> head.time = fields.number();
                case COUNT -> count = fields.number();
                case SUM -> sum = Nan.ofOther(fields.number());
                case QUANTILES -> readQuantile(fields.start(), fields.end());
                case ATTRIBUTES -> head.attribute(fields);
                case FLAGS -> head.flags = fields.number();
                default -> {}
            }
        }
    }

    private void readQuantile(int from, int to) throws ProtobufFormatException {
        long quantile = 0;
        long value = 0;
        quantileFields.over(from, to);
        for (int tag = quantileFields.next(); tag != 0; tag = quantileFields.next()) {
            if (tag == QUANTILE) {
                quantile = quantileFields.number();
            } else if (tag == VALUE) {
                value = Nan.ofOther(quantileFields.number());
            }
        }
        quantiles.add(quantile);
        values.add(value);
    }
}
