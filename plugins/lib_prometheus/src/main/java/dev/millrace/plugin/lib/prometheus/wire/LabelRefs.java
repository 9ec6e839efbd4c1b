package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.util.Arrays;

/**
 * Writes labels as references into the symbols of a request, those of series together with external labels.
 *
 * <p>Where external labels stand among those of a series is remembered for each name, by the place of its symbol, so that
 * names are compared once in a request.
 */
final class LabelRefs {
    private static final int LONGEST_REF = 5;

    private final Labels external;
    private final RequestSymbols symbols;
    private final FieldWriter out;
    private final BodyBuffer body;

    /* By the place of a name: twice the number of external labels before it, one more where one has that name; plus one. */
    private int[] ranks = new int[64];

    LabelRefs(Labels external, RequestSymbols symbols, FieldWriter out) {
        this.external = external;
        this.symbols = symbols;
        this.out = out;
        this.body = out.body();
    }

    /** Writes the labels of a series, and those external ones of whose name it has none, sorted by name. */
    void writeSeries(Labels series) {
        int start = begin(RequestTags.SERIES_LABELS_REFS, series.size() + external.size());
        int end = external.size() == 0 ? put(series, body.array(), start) : putMerged(series, body.array(), start);
        end(start, end);
    }

    /** Writes the labels of an exemplar, where there are any. */
    void writeExemplar(Labels labels) {
        if (labels.size() > 0) {
            int start = begin(RequestTags.EXEMPLAR_LABELS_REFS, labels.size());
            end(start, put(labels, body.array(), start));
        }
    }

    private int begin(int tag, int labels) {
        int start = out.begin(tag, 1);
        body.reserve(2 * LONGEST_REF * labels);
        return start;
    }

    private void end(int start, int end) {
        body.advance(end - start);
        out.end(start, 1);
    }

    private int put(Labels labels, byte[] bytes, int start) {
        int at = start;
        int size = labels.size();
        for (int i = 0; i < size; i++) {
            at = put(bytes, at, symbols.place(labels.name(i)));
            at = put(bytes, at, symbols.place(labels.value(i)));
        }
        return at;
    }

    private int putMerged(Labels series, byte[] bytes, int start) {
        int at = start;
        int next = 0;
        for (int i = 0; i < series.size(); i++) {
            Symbol name = series.name(i);
            int rank = rank(name);
            at = putExternal(bytes, at, next, rank >> 1);
            next = (rank >> 1) + (rank & 1);
            at = put(bytes, at, symbols.place(name));
            at = put(bytes, at, symbols.place(series.value(i)));
        }
        return putExternal(bytes, at, next, external.size());
    }

    private int putExternal(byte[] bytes, int start, int from, int until) {
        int at = start;
        for (int i = from; i < until; i++) {
            at = put(bytes, at, symbols.place(external.name(i)));
            at = put(bytes, at, symbols.place(external.value(i)));
        }
        return at;
    }

    /* A name that the request does not have yet gets its place only behind the external labels before it. */
    private int rank(Symbol name) {
        int place = symbols.known(name);
        if (place >= 0 && place < ranks.length && ranks[place] > 0) {
            return ranks[place] - 1;
        }
        int before = 0;
        while (before < external.size() && external.name(before).compareTo(name) < 0) {
            before++;
        }
        int rank = 2 * before + (before < external.size() && external.name(before) == name ? 1 : 0);
        if (place >= ranks.length) {
            ranks = Arrays.copyOf(ranks, Math.max(place + 1, 2 * ranks.length));
        }
        if (place >= 0) {
            ranks[place] = rank + 1;
        }
        return rank;
    }

    private static int put(byte[] bytes, int at, int place) {
        if (place < 0x80) {
            bytes[at] = (byte) place;
            return at + 1;
        }
        if (place < 0x4000) {
            bytes[at] = (byte) (place | 0x80);
            bytes[at + 1] = (byte) (place >>> 7);
            return at + 2;
        }
        return FieldWriter.putVarint(bytes, at, place);
    }
}
