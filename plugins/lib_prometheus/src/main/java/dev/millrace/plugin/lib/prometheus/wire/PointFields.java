package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import java.io.IOException;

/** The messages that are a value with a time: samples and exemplars. */
final class PointFields {
    private static final int DOUBLE = 1 + Long.BYTES;

    private PointFields() {}

    /** The bytes of a sample's field, with tag and length. */
    static int sampleFieldSize(long valueBits, long timestamp) {
        return 2 + pointSize(valueBits, timestamp);
    }

    static void writeSampleField(long valueBits, long timestamp, CodedOutputStream out) throws IOException {
        out.writeUInt32NoTag(WireTags.SERIES_SAMPLES);
        out.writeUInt32NoTag(pointSize(valueBits, timestamp));
        writePoint(WireTags.SAMPLE_VALUE, valueBits, WireTags.SAMPLE_TIMESTAMP, timestamp, out);
    }

    /** The bytes of an exemplar's field, with tag and length. */
    static int exemplarFieldSize(Exemplar exemplar) {
        int size = exemplarSize(exemplar);
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    static void writeExemplarField(Exemplar exemplar, CodedOutputStream out, FieldStream text) throws IOException {
        out.writeUInt32NoTag(WireTags.SERIES_EXEMPLARS);
        out.writeUInt32NoTag(exemplarSize(exemplar));
        LabelFields.write(exemplar.labels(), Labels.EMPTY, out, text);
        writePoint(
                WireTags.EXEMPLAR_VALUE, exemplar.valueBits(), WireTags.EXEMPLAR_TIMESTAMP, exemplar.timestamp(), out);
    }

    private static int exemplarSize(Exemplar exemplar) {
        return LabelFields.size(exemplar.labels(), Labels.EMPTY)
                + pointSize(exemplar.valueBits(), exemplar.timestamp());
    }

    /* At most 20 bytes, so that its length is one. */
    private static int pointSize(long valueBits, long timestamp) {
        return (valueBits == 0 ? 0 : DOUBLE)
                + (timestamp == 0 ? 0 : 1 + CodedOutputStream.computeInt64SizeNoTag(timestamp));
    }

    /* The bits go out as a fixed number, which they are on the wire: no double is made of a signalling NaN. */
    private static void writePoint(
            int valueTag, long valueBits, int timestampTag, long timestamp, CodedOutputStream out) throws IOException {
        if (valueBits != 0) {
            out.writeUInt32NoTag(valueTag);
            out.writeFixed64NoTag(valueBits);
        }
        if (timestamp != 0) {
            out.writeUInt32NoTag(timestampTag);
            out.writeInt64NoTag(timestamp);
        }
    }
}
