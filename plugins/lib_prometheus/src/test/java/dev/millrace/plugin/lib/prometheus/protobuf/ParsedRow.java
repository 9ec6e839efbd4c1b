package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a page says of one sample. */
record ParsedRow(
        Metadata metadata,
        Labels labels,
        long bits,
        long timestamp,
        long start,
        @Nullable NativeHistogram histogram,
        List<Exemplar> exemplars) {
    /** The time of samples that have none of their own. */
    static final long TIME = 1_700_000_000_000L;

    static List<ParsedRow> of(byte[] page, boolean natives, boolean classicToo) throws ProtobufFormatException {
        List<ParsedRow> rows = new ArrayList<>();
        ProtobufParser parser = new ProtobufParser(page, page.length, natives, classicToo);
        while (parser.next()) {
            LabelsBuilder labels = Labels.builder();
            parser.labels(labels);
            long time = parser.hasTimestamp() ? parser.timestamp() : TIME;
            rows.add(new ParsedRow(
                    parser.metadata(),
                    labels.build(),
                    parser.valueBits(),
                    time,
                    parser.startTimestamp(),
                    parser.histogram(),
                    exemplars(parser, time)));
        }
        return rows;
    }

    private static List<Exemplar> exemplars(ProtobufParser parser, long time) throws ProtobufFormatException {
        if (parser.histogram() != null) {
            return parser.exemplars(Long.MIN_VALUE);
        }
        Exemplar exemplar = parser.hasExemplar() ? parser.exemplar(time) : null;
        return exemplar == null ? List.of() : List.of(exemplar);
    }

    /** The labels and the value, for short comparisons. */
    String text() {
        Labels rest = labels.toBuilder().remove(Labels.METRIC_NAME).build();
        return labels.get(Labels.METRIC_NAME) + (rest.size() == 0 ? "" : rest.toString()) + " "
                + Double.longBitsToDouble(bits);
    }
}
