package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readers of all kinds of data points. */
final class PointReaders {
    private static final int POINTS = 1 << 3 | 2;

    private final Fields fields;
    private final Map<PointKind, PointReader> readers = new EnumMap<>(PointKind.class);

    PointReaders(Translation translation, MetricTranslator translator) {
        fields = new Fields(translation.bytes());
        PointHead head = new PointHead(translation.bytes(), translator);
        readers.put(PointKind.NUMBER, new NumberPoints(translation, head));
        readers.put(PointKind.HISTOGRAM, new HistogramPoints(translation, translator, head));
        readers.put(PointKind.EXPONENTIAL, new ExponentialPoints(translation, head));
        readers.put(PointKind.SUMMARY, new SummaryPoints(translation, translator, head));
    }

    /** Reads all points of a metric, whose data are in a range. */
    void read(Family family, PointKind kind, @Nullable DeltaGroup deltas, int from, int to)
            throws ProtobufFormatException {
        PointReader reader = readers.get(kind);
        if (reader == null) {
            throw new IllegalStateException("kind: " + kind + " (expected: one with a reader)");
        }
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == POINTS) {
                reader.read(family, deltas, fields.start(), fields.end());
            }
        }
    }
}
