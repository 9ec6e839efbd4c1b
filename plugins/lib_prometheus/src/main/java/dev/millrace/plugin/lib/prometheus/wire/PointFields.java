package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Labels;

/** The messages that are a value with a time: samples and exemplars. */
final class PointFields {
    private PointFields() {}

    static void writeSample(long valueBits, long timestamp, FieldWriter out) {
        int start = out.begin(WireTags.SERIES_SAMPLES, 1);
        write(WireTags.SAMPLE_VALUE, valueBits, WireTags.SAMPLE_TIMESTAMP, timestamp, out);
        out.end(start, 1);
    }

    static void writeExemplar(Labels labels, long valueBits, long timestamp, FieldWriter out) {
        int start = out.begin(WireTags.SERIES_EXEMPLARS, 1);
        LabelFields.write(labels, out);
        write(WireTags.EXEMPLAR_VALUE, valueBits, WireTags.EXEMPLAR_TIMESTAMP, timestamp, out);
        out.end(start, 1);
    }

    /** Writes the fields that a sample and an exemplar of either version begin or end with. */
    static void write(int valueTag, long valueBits, int timestampTag, long timestamp, FieldWriter out) {
        if (valueBits != 0) {
            out.fixed(valueTag, valueBits);
        }
        if (timestamp != 0) {
            out.varint(timestampTag, timestamp);
        }
    }
}
