package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/** Writes labels as references into the symbols of a request, those of series together with external labels. */
final class LabelRefs {
    private final Labels external;
    private final RequestSymbols symbols;
    private final FieldWriter out;

    LabelRefs(Labels external, RequestSymbols symbols, FieldWriter out) {
        this.external = external;
        this.symbols = symbols;
        this.out = out;
    }

    /** Writes the labels of a series, and those external ones of whose name it has none, sorted by name. */
    void writeSeries(Labels series) {
        int start = out.begin(RequestTags.SERIES_LABELS_REFS, 1);
        int next = 0;
        for (int i = 0; i < series.size(); i++) {
            Symbol name = series.name(i);
            while (next < external.size()) {
                int order = external.name(next).compareTo(name);
                if (order > 0) {
                    break;
                }
                if (order < 0) {
                    write(external, next);
                }
                next++;
            }
            write(series, i);
        }
        while (next < external.size()) {
            write(external, next++);
        }
        out.end(start, 1);
    }

    /** Writes the labels of an exemplar, where there are any. */
    void writeExemplar(Labels labels) {
        if (labels.size() == 0) {
            return;
        }
        int start = out.begin(RequestTags.EXEMPLAR_LABELS_REFS, 1);
        for (int i = 0; i < labels.size(); i++) {
            write(labels, i);
        }
        out.end(start, 1);
    }

    private void write(Labels labels, int index) {
        out.varint(symbols.place(labels.name(index)));
        out.varint(symbols.place(labels.value(index)));
    }
}
