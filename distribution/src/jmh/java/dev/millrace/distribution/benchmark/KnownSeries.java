package dev.millrace.distribution.benchmark;

import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.spi.event.Labels;
import java.util.Arrays;

/** The labels of a target's series by the exact text of the series. */
final class KnownSeries {
    private static final int CAPACITY = 4096;

    private final byte[][] texts = new byte[CAPACITY][];
    private final Labels[] labels = new Labels[CAPACITY];

    /** The labels of the series that the parser stands on. */
    Labels get(TextParser parser, byte[] page) {
        return labels[find(parser, page)];
    }

    void put(TextParser parser, byte[] page, Labels series) {
        int entry = find(parser, page);
        int start = parser.seriesStart();
        texts[entry] = Arrays.copyOfRange(page, start, start + parser.seriesLength());
        labels[entry] = series;
    }

    private int find(TextParser parser, byte[] page) {
        int start = parser.seriesStart();
        int end = start + parser.seriesLength();
        int entry = (int) parser.seriesHash() & (CAPACITY - 1);
        while (texts[entry] != null && !Arrays.equals(texts[entry], 0, texts[entry].length, page, start, end)) {
            entry = (entry + 1) & (CAPACITY - 1);
        }
        return entry;
    }
}
