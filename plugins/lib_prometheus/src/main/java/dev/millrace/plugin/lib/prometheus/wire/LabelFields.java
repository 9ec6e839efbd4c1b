package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.io.IOException;

/** The labels of series or exemplars as fields of a message, together with external labels. */
final class LabelFields {
    private LabelFields() {}

    /**
     * The bytes that {@link #write} writes.
     *
     * @param external labels that are added where {@code labels} has none of the name
     */
    static int size(Labels labels, Labels external) {
        int size = 0;
        int added = 0;
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            for (; precedes(external, added, name); added++) {
                size += fieldSize(external.name(added), external.value(added));
            }
            if (added < external.size() && external.name(added) == name) {
                added++;
            }
            size += fieldSize(name, labels.value(i));
        }
        for (; added < external.size(); added++) {
            size += fieldSize(external.name(added), external.value(added));
        }
        return size;
    }

    /** Writes each label as a field 1, which it is in series and in exemplars, sorted by name. */
    static void write(Labels labels, Labels external, CodedOutputStream out, FieldStream text) throws IOException {
        int added = 0;
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            for (; precedes(external, added, name); added++) {
                writeField(external.name(added), external.value(added), out, text);
            }
            if (added < external.size() && external.name(added) == name) {
                added++;
            }
            writeField(name, labels.value(i), out, text);
        }
        for (; added < external.size(); added++) {
            writeField(external.name(added), external.value(added), out, text);
        }
    }

    private static boolean precedes(Labels external, int index, Symbol name) {
        return index < external.size() && external.name(index).compareTo(name) < 0;
    }

    private static int fieldSize(Symbol name, Symbol value) {
        int size = labelSize(name, value);
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    private static int labelSize(Symbol name, Symbol value) {
        return stringSize(name.length()) + stringSize(value.length());
    }

    private static int stringSize(int utf8) {
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(utf8) + utf8;
    }

    private static void writeField(Symbol name, Symbol value, CodedOutputStream out, FieldStream text)
            throws IOException {
        out.writeUInt32NoTag(WireTags.SERIES_LABELS);
        out.writeUInt32NoTag(labelSize(name, value));
        out.writeUInt32NoTag(WireTags.LABEL_NAME);
        out.writeUInt32NoTag(name.length());
        name.writeTo(text);
        out.writeUInt32NoTag(WireTags.LABEL_VALUE);
        out.writeUInt32NoTag(value.length());
        value.writeTo(text);
    }
}
