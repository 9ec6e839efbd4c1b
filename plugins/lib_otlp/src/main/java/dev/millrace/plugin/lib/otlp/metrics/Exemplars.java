package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.LabelNames;
import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.text.ExemplarLimit;
import dev.millrace.plugin.lib.prometheus.wire.Longs;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The exemplars of a data point.
 *
 * <pre>
 * Exemplar  2 time_unix_nano  fixed64   3 as_double  double   4 span_id  bytes   5 trace_id  bytes
 *           6 as_int          sfixed64  7 filtered_attributes  KeyValue
 * </pre>
 *
 * <p>The labels {@code trace_id} and {@code span_id} come first; attributes are there only where all of them fit.
 */
final class Exemplars {
    private static final int TIME = 2 << 3 | 1;
    private static final int AS_DOUBLE = 3 << 3 | 1;
    private static final int SPAN_ID = 4 << 3 | 2;
    private static final int TRACE_ID = 5 << 3 | 2;
    private static final int AS_INT = 6 << 3 | 1;
    private static final int ATTRIBUTES = 7 << 3 | 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final byte[] bytes;
    private final LabelNames names;
    private final Longs ranges = new Longs();

    Exemplars(byte[] bytes, LabelNames names) {
        this.bytes = bytes;
        this.names = names;
    }

    void clear() {
        ranges.clear();
    }

    /** Takes the exemplar that a cursor has just read. */
    void add(Fields fields) {
        ranges.add((long) fields.start() << Integer.SIZE | fields.end());
    }

    boolean isEmpty() {
        return ranges.size() == 0;
    }

    /** All of them, oldest first. */
    List<Exemplar> all() throws ProtobufFormatException {
        if (isEmpty()) {
            return List.of();
        }
        List<Exemplar> all = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            all.add(read((int) (ranges.get(i) >>> Integer.SIZE), (int) ranges.get(i)));
        }
        all.sort(Comparator.comparingLong(Exemplar::timestamp));
        return all;
    }

    private Exemplar read(int from, int to) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        long value = 0;
        long time = 0;
        String traceId = "";
        String spanId = "";
        List<Attribute> attributes = new ArrayList<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case TIME -> time = fields.number();
                case AS_DOUBLE -> value = Nan.ofOther(fields.number());
                case AS_INT -> value = Double.doubleToRawLongBits((double) fields.number());
                case TRACE_ID -> traceId = hex(fields);
                case SPAN_ID -> spanId = hex(fields);
                case ATTRIBUTES -> {
                    if (attributes.size() < AttributeLabels.MOST) {
                        attributes.add(Attributes.read(bytes, fields.start(), fields.end()));
                    }
                }
                default -> {}
            }
        }
        return new Exemplar(labels(traceId, spanId, attributes), value, Long.divideUnsigned(time, NANOS_PER_MILLI));
    }

    private Labels labels(String traceId, String spanId, List<Attribute> attributes) {
        LabelsBuilder builder = Labels.builder();
        try {
            AttributeLabels.set(attributes, names, builder);
        } catch (NameException e) {
            builder.clear(); // as if they did not fit
        }
        Labels all = builder.set("trace_id", traceId).set("span_id", spanId).build();
        return ExemplarLimit.isExceeded(all) ? Labels.of("trace_id", traceId, "span_id", spanId) : all;
    }

    /* Where an identifier is longer than one can be, there is none. */
    private String hex(Fields fields) {
        int length = fields.end() - fields.start();
        return length > 16 ? "" : HexFormat.of().formatHex(bytes, fields.start(), fields.end());
    }
}
