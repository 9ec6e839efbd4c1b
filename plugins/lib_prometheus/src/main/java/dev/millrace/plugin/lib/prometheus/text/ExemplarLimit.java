package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.Labels;

/** How long the labels of an exemplar may be: receivers refuse longer ones. */
public final class ExemplarLimit {
    /** The code points in the names and values of an exemplar's labels, at most (OpenMetrics 1.0, "Exemplars"). */
    static final int LONGEST = 128;

    private ExemplarLimit() {}

    /** Whether the labels of an exemplar are too long. */
    public static boolean isExceeded(Labels labels) {
        int count = 0;
        for (int i = 0; i < labels.size(); i++) {
            count += codePoints(labels.name(i).toString())
                    + codePoints(labels.value(i).toString());
        }
        return count > LONGEST;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }
}
