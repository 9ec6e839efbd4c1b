package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.LabelEncoding;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/** Labels as a field 1 for each, which they are in series and in exemplars, sorted by name. */
final class LabelFields {
    private static final LabelEncoding LEGAL = new LabelEncoding() {
        @Override
        protected void encode(Symbol name, Symbol value, BodyBuffer target) {
            if (LegalLabels.isLegal(name, value)) {
                LabelFields.write(name, value, new FieldWriter(target));
            }
        }
    };

    private LabelFields() {}

    /** Writes the labels of a series, with names made legal in remote write 1.0; nothing, and false, if they cannot be. */
    static boolean writeLegal(Labels labels, InvalidNames policy, BodyBuffer target) {
        if (LEGAL.write(labels, target)) {
            return true;
        }
        Labels legal = LegalLabels.ofIllegal(labels, policy);
        if (legal != null) {
            write(legal, new FieldWriter(target));
        }
        return legal != null;
    }

    static void write(Labels labels, FieldWriter out) {
        for (int i = 0; i < labels.size(); i++) {
            write(labels.name(i), labels.value(i), out);
        }
    }

    private static void write(Symbol name, Symbol value, FieldWriter out) {
        int start = out.begin(WireTags.SERIES_LABELS, 1);
        out.text(WireTags.LABEL_NAME, name);
        out.text(WireTags.LABEL_VALUE, value);
        out.end(start, 1);
    }
}
