package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.MetricNames;
import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.otlp.naming.Units;
import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads metrics, one after another.
 *
 * <pre>
 * Metric  1 name   string  2 description  string     3 unit                    string
 *         5 gauge  Gauge   7 sum          Sum        9 histogram               Histogram
 *        10 exponential_histogram  ExponentialHistogram   11 summary  Summary   12 metadata  KeyValue
 * all of these types       1 data_points  2 aggregation_temporality  1 delta, 2 cumulative
 * Sum                      3 is_monotonic  bool
 * </pre>
 */
final class MetricReader {
    private static final int NAME = 1 << 3 | 2;
    private static final int DESCRIPTION = 2 << 3 | 2;
    private static final int UNIT = 3 << 3 | 2;
    private static final int GAUGE = 5 << 3 | 2;
    private static final int SUM = 7 << 3 | 2;
    private static final int HISTOGRAM = 9 << 3 | 2;
    private static final int EXPONENTIAL = 10 << 3 | 2;
    private static final int SUMMARY = 11 << 3 | 2;
    private static final int METADATA = 12 << 3 | 2;

    private static final int POINTS = 1 << 3 | 2;
    private static final int TEMPORALITY = 2 << 3;
    private static final int MONOTONIC = 3 << 3;

    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;

    private final byte[] bytes;
    private final Translation translation;
    private final MetricTranslator translator;
    private final PointReaders points;
    private final Fields fields;
    private final Key key = new Key();

    private int nameFrom;
    private int nameTo;
    private int descriptionFrom;
    private int descriptionTo;
    private int unitFrom;
    private int unitTo;
    private int type;
    private int dataFrom;
    private int dataTo;
    private TypeHint hint = TypeHint.NONE;
    private long temporality;
    private boolean monotonic;
    private int count;

    MetricReader(Translation translation, MetricTranslator translator) {
        this.bytes = translation.bytes();
        this.translation = translation;
        this.translator = translator;
        this.points = new PointReaders(translation, translator);
        this.fields = new Fields(bytes);
    }

    /** Reads the metric in a range. */
    void read(Origin origin, int from, int to) throws ProtobufFormatException {
        readHead(from, to);
        if (type == 0) {
            return; // no data, or of a type from the future
        }
        readData();
        if (count == 0) {
            return;
        }
        boolean summed = type != GAUGE && type != SUMMARY;
        if (summed && temporality != DELTA && temporality != CUMULATIVE) {
            translation.reject(Rejection.NO_TEMPORALITY, count);
            return;
        }
        Family family = family(origin);
        Rejection problem = family.problem();
        if (problem != null) {
            translation.reject(problem, count);
        } else if (summed && temporality == DELTA) {
            translation.defer(family, kind(), dataFrom, dataTo);
        } else {
            points.read(family, kind(), null, dataFrom, dataTo);
        }
    }

    private void readHead(int from, int to) throws ProtobufFormatException {
        nameFrom = nameTo = descriptionFrom = descriptionTo = unitFrom = unitTo = type = 0;
        hint = TypeHint.NONE;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case NAME -> {
                    nameFrom = fields.start();
                    nameTo = fields.end();
                }
                case DESCRIPTION -> {
                    descriptionFrom = fields.start();
                    descriptionTo = fields.end();
                }
                case UNIT -> {
                    unitFrom = fields.start();
                    unitTo = fields.end();
                }
                case GAUGE, SUM, HISTOGRAM, EXPONENTIAL, SUMMARY -> {
                    type = tag;
                    dataFrom = fields.start();
                    dataTo = fields.end();
                }
                case METADATA -> {
                    TypeHint given = TypeHint.of(Attributes.read(bytes, fields.start(), fields.end()));
                    hint = given == TypeHint.NONE ? hint : given;
                }
                default -> {}
            }
        }
    }

    private void readData() throws ProtobufFormatException {
        temporality = 0;
        monotonic = false;
        count = 0;
        fields.over(dataFrom, dataTo);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case POINTS -> count++;
                case TEMPORALITY -> temporality = fields.number();
                case MONOTONIC -> monotonic = type == SUM && fields.number() != 0;
                default -> {}
            }
        }
    }

    private PointKind kind() {
        return switch (type) {
            case HISTOGRAM -> PointKind.HISTOGRAM;
            case EXPONENTIAL -> PointKind.EXPONENTIAL;
            case SUMMARY -> PointKind.SUMMARY;
            default -> PointKind.NUMBER;
        };
    }

    private Family family(Origin origin) throws ProtobufFormatException {
        key.begin(origin);
        key.add(bytes, nameFrom, nameTo);
        key.add(bytes, descriptionFrom, descriptionTo);
        key.add(bytes, unitFrom, unitTo);
        key.add(8 * (type * 4L + temporality % 2 * 2 + (monotonic ? 1 : 0)) + hint.number());
        Family family = translator.known().find(key.done(), Family.class);
        return family != null ? family : translator.known().keep(key, make(origin));
    }

    private Family make(Origin origin) throws ProtobufFormatException {
        String name = Attributes.text(fields, bytes, nameFrom, nameTo);
        String unit = Attributes.text(fields, bytes, unitFrom, unitTo);
        String description = Attributes.text(fields, bytes, descriptionFrom, descriptionTo);
        byte[] kind = {(byte) (type >>> 3), (byte) (monotonic ? 1 : 0)};
        StreamId id = origin.id()
                .of("name", List.of(name.getBytes(StandardCharsets.UTF_8)))
                .of("unit", List.of(unit.getBytes(StandardCharsets.UTF_8)))
                .of("kind", List.of(kind));
        String made = name(name, unit);
        Metadata metadata = new Metadata(
                made == null ? "" : made, type(), description, Units.of(unit).toString());
        boolean delta = temporality == DELTA && type != GAUGE && type != SUMMARY;
        return new Family(
                origin,
                id,
                delta,
                made == null ? Symbol.EMPTY : Symbol.of(made),
                metadata,
                made == null ? Rejection.METRIC_NAME : null);
    }

    private @Nullable String name(String name, String unit) {
        MetricNames.Ending ending = monotonic
                ? MetricNames.Ending.TOTAL
                : type == GAUGE ? MetricNames.Ending.ofGauge(unit) : MetricNames.Ending.NONE;
        try {
            return translator.metricNames().of(name, unit, ending);
        } catch (NameException e) {
            return null;
        }
    }

    private MetricType type() {
        return switch (type) {
            case SUM -> monotonic ? MetricType.COUNTER : hint.type();
            case HISTOGRAM, EXPONENTIAL -> MetricType.HISTOGRAM;
            case SUMMARY -> MetricType.SUMMARY;
            default -> hint.type();
        };
    }
}
