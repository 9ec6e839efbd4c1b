package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.io.IOException;

/**
 * The labels of series or exemplars as fields of a message, together with external labels.
 *
 * <p>An external label is added where the labels have none of its name; the result is sorted. Not thread-safe: it keeps
 * what the last call gathered.
 */
final class LabelFields {
    private final Labels external;
    private Symbol[] symbols = new Symbol[64];
    private int length;
    private byte[] text = new byte[256];

    LabelFields(Labels external) {
        this.external = external;
    }

    /** The bytes that {@link #write} writes. */
    int size(Labels labels) {
        gather(labels);
        int size = 0;
        for (int i = 0; i < length; i += 2) {
            int label = labelSize(symbols[i], symbols[i + 1]);
            size += 1 + CodedOutputStream.computeUInt32SizeNoTag(label) + label;
        }
        return size;
    }

    /** Writes each label as a field 1, which it is in both messages. */
    void write(Labels labels, CodedOutputStream out) throws IOException {
        gather(labels);
        for (int i = 0; i < length; i += 2) {
            out.writeUInt32NoTag(WireTags.SERIES_LABELS);
            out.writeUInt32NoTag(labelSize(symbols[i], symbols[i + 1]));
            writeString(WireTags.LABEL_NAME, symbols[i], out);
            writeString(WireTags.LABEL_VALUE, symbols[i + 1], out);
        }
    }

    private static int labelSize(Symbol name, Symbol value) {
        return stringSize(name.length()) + stringSize(value.length());
    }

    private static int stringSize(int utf8) {
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(utf8) + utf8;
    }

    private void writeString(int tag, Symbol symbol, CodedOutputStream out) throws IOException {
        int bytes = symbol.length();
        if (bytes > text.length) {
            text = new byte[bytes * 2];
        }
        symbol.copyTo(text, 0);
        out.writeUInt32NoTag(tag);
        out.writeUInt32NoTag(bytes);
        out.write(text, 0, bytes);
    }

    private void gather(Labels labels) {
        int most = 2 * (labels.size() + external.size());
        if (most > symbols.length) {
            symbols = new Symbol[most];
        }
        length = 0;
        int added = 0;
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            while (added < external.size() && external.name(added).compareTo(name) < 0) {
                append(external, added++);
            }
            if (added < external.size() && external.name(added) == name) {
                added++;
            }
            append(labels, i);
        }
        while (added < external.size()) {
            append(external, added++);
        }
    }

    private void append(Labels labels, int index) {
        symbols[length++] = labels.name(index);
        symbols[length++] = labels.value(index);
    }
}
